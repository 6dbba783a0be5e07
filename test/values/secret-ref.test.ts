import { SecretRef } from '../../lib/values/secret-ref';

describe('a reference to a secret', () => {
  test.each([
    [SecretRef.file('/etc/munge/munge.key'), 'file:/etc/munge/munge.key'],
    [SecretRef.secretsManager('hpc/munge-key'), 'aws-secrets-manager:hpc/munge-key'],
    [SecretRef.ssmParameter('/hpc/key'), 'aws-ssm:/hpc/key'],
  ])('prints where it is kept: %s', (ref, text) => {
    expect([String(ref), ref.problem]).toEqual([text, undefined]);
  });

  test.each([
    SecretRef.file('relative'),
    SecretRef.ssmParameter('no-slash'),
    SecretRef.secretsManager(undefined as never),
  ])('that is no name is refused: HPC1120', (ref) => expect(ref.problem?.code).toBe('HPC1120'));

  test('never repeats what may be the secret itself', () => {
    const pasted = SecretRef.secretsManager('correct horse battery staple!');
    expect(pasted.problem?.message).not.toContain('horse');
  });

  test('of another copy of the library is known by its mark', () => {
    expect(SecretRef.isSecretRef({ [Symbol.for('hpcdk/SecretRef')]: true })).toBe(true);
    expect(SecretRef.isSecretRef('hpc/munge-key')).toBe(false);
  });
});
