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
    expect(lines('yaml', a, '- name: z\n- name: x\n  mode: "0600"\n')).toEqual(['[x].mode "0644" → "0600"']);
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
