import type { Codes } from '../values/codes';

/** Codes of the comparison of outputs (HPC2700 to HPC2799). */
export const diffCodes = {
  HPC2700: {
    title: 'a side of a comparison cannot be read',
    why: 'A diff compares two outputs, or two manifests; one of them is not there or is something else.',
    fix: 'Name the folder that hpcdk synth wrote, or its hpcdk/manifest.json.',
  },
  HPC2710: {
    title: 'a gate that does not exist',
    why: 'A gate that nobody checks would let everything through.',
    fix: 'Write --fail-on data-loss,security-broadened,fleet-stop,user-contract,cost>10%,power>10%, or the class of an effect.',
  },
  HPC2711: {
    title: 'an acknowledgement that cannot be read',
    why: 'The file is a YAML sequence; each item says which change, why it may pass, and until when that counts.',
    fix: 'Write - id: ..., reason: ... and until: 2026-12-31.',
  },
  HPC2712: {
    title: 'an acknowledgement that has expired',
    why: 'What somebody said of a change holds for a while; afterwards the change fails its gates again.',
    fix: 'Remove it, or look at the change again and extend it.',
  },
  HPC2713: {
    title: 'an acknowledgement that matches no change',
    why: 'The change was rolled out, or it is another one by now: an id belongs to one change of one thing.',
    fix: 'Remove it, or write the id of the change as it is.',
  },
  HPC2714: {
    title: 'a section that does not exist',
    why: 'A review has fixed sections; another name would show nothing and look like no change.',
    fix: 'Write --section data,security, with names of sections.',
  },
  HPC2715: {
    title: 'a path that neither side has',
    why: 'hpcdk diff --path and --explain take constructs, files and folders of the output; a view of anything else would be empty and look like no change.',
    fix: 'Write the path in full, as hpcdk tree shows it: campus/hpc/partitions/batch.',
  },
  HPC2720: {
    title: 'an export of the queue that cannot be read',
    why: 'hpcdk diff --jobs counts the jobs that a change concerns; it reads what squeue --json prints, from Slurm 22.05 on.',
    fix: 'Export it with SLURM_BITSTR_LEN=0 squeue --all --json > squeue.json.',
  },
  HPC2721: {
    title: 'a job of an export that cannot be read',
    why: 'A job without an id, a state or a partition cannot be counted; the others are.',
    fix: 'Export the queue again, and tell us which Slurm wrote such a job.',
  },
  HPC2722: {
    title: 'a history of jobs that cannot be read',
    why: 'The first line names the columns: JobID, Account and Partition at least.',
    fix: 'Export it with the command of docs/guide/whose-jobs.md, without --noheader.',
  },
  HPC2723: {
    title: 'a line of a history that cannot be read',
    why: 'A line with another number of columns than the first one cannot be told apart; the others are read.',
    fix: 'Leave out columns with text that users write, such as JobName.',
  },
  HPC2730: {
    title: 'a price table that cannot be read',
    why: 'Half a table would make the cloud look cheaper than it is, so all of it is refused.',
    fix: 'Take data/aws/prices.json of hpcdk as the pattern: date, currency, source, and prices of an hour by region and type.',
  },
  HPC2740: {
    title: 'a file of an output that is not as it was written',
    why: 'A review speaks of the bytes that synth wrote. Another program or a person changed them since, or took the file away.',
    fix: 'Run hpcdk synth, which shows what was edited by hand, and review what comes of it.',
  },
  HPC2741: {
    title: 'an output that is not the one that was reviewed',
    why: 'The digest of a review covers every file that reaches a host or a cloud. Another one means that something in them differs.',
    fix: 'Compare again with hpcdk diff, and roll out what that review shows.',
  },
  HPC2742: {
    title: 'files in an output that hpcdk did not write',
    why: 'Ansible, Terraform and Spack read whole folders, so a file beside those of hpcdk may change what they do. The digest does not cover it.',
    fix: 'Remove them, or know why they are there, as a spack.lock is.',
  },
  HPC2750: {
    title: 'an export of the live state that cannot be read',
    why: 'hpcdk diff --live reads what scontrol and terraform print, and tells by the content which of them it was.',
    fix: 'Export scontrol show config, scontrol -a -o show partition and scontrol -a -o show node into one file, or terraform show -json PLAN into another.',
  },
  HPC2751: {
    title: 'a plan of terraform that cannot be read',
    why: 'Of JSON, hpcdk diff --live reads what terraform show -json prints of a plan, in the formats 1.x. A state alone does not say what terraform would do.',
    fix: 'Export it with terraform plan -out=PLAN && terraform show -json PLAN > plan.json.',
  },
  HPC2760: {
    title: 'a table of packages that cannot be read',
    why: 'Half a table would look as if no licence changed and nothing took long to build, so all of it is refused.',
    fix: 'Let Spack write it: spack python scripts/spack-packages.py > packages.json.',
  },
  HPC2761: {
    title: 'advisories that cannot be read',
    why: 'hpcdk diff --advisories reads documents of OSV. Half of them would look like fewer vulnerabilities, so all are refused.',
    fix: 'Take them from a database that exports OSV: one document, a list, or {"vulns": [...]}.',
  },
  HPC2762: {
    title: 'a gate on vulnerabilities without advisories',
    why: 'No output knows which versions are vulnerable, so the gate would let everything through.',
    fix: 'Name the advisories: hpcdk diff --fail-on vulnerable --advisories FILE.',
  },
} as const satisfies Codes;
