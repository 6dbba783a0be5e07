/**
 * What sqos prints at ULHPC: Name, Preempt, Priority, GrpTRES, MaxTRES, MaxJobsPU, MaxWall, Flags. Source: hpc-docs.uni.lu,
 * slurm/qos of 2026-01-12 (ULHPC/ulhpc-docs at 5d0f9a2), with the flag that is cut off there written out.
 */
export const sqos = `
normal|besteffort|100|||100||DenyOnLimit
besteffort||1|||300|50-00:00:00|NoReserve
low|besteffort|10|||200||DenyOnLimit
high|besteffort|200|||50||DenyOnLimit
urgent|besteffort|1000|||20||DenyOnLimit
debug|besteffort|150|node=50||10||DenyOnLimit
admin|besteffort|1000|||||DenyOnLimit
wide|besteffort|100||node=160|10|02:00:00|DenyOnLimit
aion-batch-long|besteffort|100|node=64|node=16|8|14-00:00:00|DenyOnLimit,PartitionTimeLimit
iris-batch-long|besteffort|100|node=24|node=16|8|14-00:00:00|DenyOnLimit,PartitionTimeLimit
iris-gpu-long|besteffort|100|node=6|node=2|4|14-00:00:00|DenyOnLimit,PartitionTimeLimit
iris-bigmem-long|besteffort|100|node=2|node=2|4|14-00:00:00|DenyOnLimit,PartitionTimeLimit
iris-hopper|besteffort|100|||100||DenyOnLimit
iris-hopper-long|besteffort|100|gres/gpu=2|gres/gpu=1|100|14-00:00:00|DenyOnLimit,PartitionTimeLimit
`
  .trim()
  .split('\n');
