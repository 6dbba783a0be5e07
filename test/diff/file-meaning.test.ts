import { compareTexts, itemLine } from '../../lib/diff/file-meaning';

const lines = (format: string | undefined, a: string, b: string) => compareTexts(format, a, b)?.map(itemLine);

describe('texts are compared by what their reader finds in them', () => {
  test('slurm.conf: comments, order and continuation lines say nothing', () => {
    const a = '# a\nClusterName=hpc\nNodeName=cn[1-4] CPUs=4 \\\n RealMemory=100\n';
    expect(lines('slurm.conf', a, 'NodeName=cn[1-4] CPUs=4 RealMemory=100\nClusterName=hpc\n')).toEqual([]);
  });

  test('slurm.conf: keys and records', () => {
    const a = 'KillWait=30\nPartitionName=batch Nodes=ALL MaxTime=7-0\nPartitionName=old Nodes=ALL\n';
    const b = 'KillWait=60\nPartitionName=batch Nodes=ALL MaxTime=2-0\nInclude more.conf\n';
    expect(lines('slurm.conf', a, b)).toEqual([
      '+ Include more.conf true',
      'KillWait "30" → "60"',
      'PartitionName=batch.MaxTime "7-0" → "2-0"',
      '- PartitionName=old.Nodes "ALL"',
    ]);
  });

  test('yaml and json: quoting and layout say nothing, items go by their name', () => {
    expect(lines('yaml', 'a: [1, 2]\n', '---\na:\n  - 1\n  - 2\n')).toEqual([]);
    expect(lines('json', '{"a":1}', '{\n "a": 1 }')).toEqual([]);
    const a = '- name: x\n  mode: "0644"\n- name: z\n';
    expect(lines('yaml', a, '- name: x\n  mode: "0600"\n- name: w\n- name: z\n')).toEqual([
      '+ [w].name "w"',
      '[x].mode "0644" → "0600"',
    ]);
  });

  test('yaml: tasks of a play in another order are another play', () => {
    const tasks = (...names: string[]) => `- tasks:\n${names.map((name) => `    - name: ${name}\n`).join('')}`;
    expect(lines('yaml', tasks('stop', 'copy', 'start'), tasks('copy', 'stop', 'start', 'check'))).toEqual([
      '+ [0].tasks.[check].name "check"',
      '[0].tasks: order [stop] [copy] [start] → [copy] [stop] [start]',
    ]);
  });

  test('yaml: words are what Ansible, Spack and cloud-init take them for', () => {
    expect(lines('yaml', 'a: yes\n', 'a: true\n')).toEqual([]);
    expect(lines('yaml', 'a: yes\n', 'a: "yes"\n')).toEqual(['a true → "yes"']);
    expect(lines('yaml', 'mode: 0644\n', 'mode: "0644"\n')).toEqual(['mode 420 → "0644"']);
  });

  test('cloud-config and the JSON of Terraform, with texts inside line by line', () => {
    const config = (text: string) => `#cloud-config\nwrite_files:\n- path: /a\n  content: |\n${text}`;
    expect(lines('cloud-config', config('    x\n    y\n'), config('    x\n    z\n'))).toEqual([
      '- write_files.[/a].content: y',
      '+ write_files.[/a].content: z',
    ]);
    expect(lines('terraform', '{"a":1}', '{\n "a": 1 }')).toEqual([]);
  });

  test('json: a key with a dot is no level', () => {
    expect(lines('json', '{"a.b":1}', '{"a":{"b":1}}')).toEqual(['+ a.b 1', '- a.b 1']);
  });

  test('slurm.conf: keys in any case', () => {
    expect(lines('slurm.conf', 'KillWait=30\n', 'killwait=30\n')).toEqual([]);
    expect(lines('slurm.conf', 'KillWait=30\n', 'killwait=60\n')).toEqual(['KillWait "30" → "60"']);
  });

  test('slurm.conf: each line that comes again counts, in its order', () => {
    const hosts = (...names: string[]) => names.map((name) => `SlurmctldHost=${name}\n`).join('');
    expect(lines('slurm.conf', hosts('a', 'b'), hosts('c', 'b'))).toEqual(['SlurmctldHost "a" → "c"']);
    expect(lines('slurm.conf', hosts('a', 'b'), hosts('b', 'a'))).toHaveLength(2);
    const gpus = (...files: string[]) => files.map((file) => `NodeName=n1 Name=gpu File=${file}\n`).join('');
    expect(lines('slurm.conf', gpus('/dev/nvidia0', '/dev/nvidia1'), gpus('/dev/nvidia0'))).toEqual([
      '- NodeName=n1 (2).File "/dev/nvidia1"',
      '- NodeName=n1 (2).Name "gpu"',
    ]);
  });

  test('slurm.conf: what DEFAULT says holds for the records below it', () => {
    const before = 'NodeName=DEFAULT CPUs=4\nNodeName=a\n';
    expect(lines('slurm.conf', before, 'NodeName=a CPUs=4\n')).toEqual([]);
    expect(lines('slurm.conf', before, 'NodeName=a\nNodeName=DEFAULT CPUs=4\n')).not.toEqual([]);
  });

  test('a text that is not of its format is compared line by line', () => {
    expect(lines('json', '{', '[')).toEqual(['- {', '+ [']);
  });

  test('other formats line by line, with only the lines that differ', () => {
    expect(lines('modulefile', 'a\nb\nc\n', 'a\nB\nc\n')).toEqual(['- b', '+ B']);
    expect(lines(undefined, 'same\n', 'same\n')).toEqual([]);
  });

  test('texts without likeness are not shown line by line', () => {
    const many = (word: string) => Array.from({ length: 2000 }, (_, n) => `${word} ${n}`).join('\n');
    expect(compareTexts(undefined, many('a'), many('b'))).toBeUndefined();
  });
});
