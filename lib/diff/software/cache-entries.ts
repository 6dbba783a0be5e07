import type { Entry } from '../model';

/** A build cache whose packages are no longer asked for a signature is a door that stands open. */
export const cacheEntries = (entries: readonly Entry[]): Entry[] =>
  entries.map((entry): Entry => {
    if (entry.kind !== 'SoftwareStack' || entry.field !== 'buildCache' || entry.action !== 'changed') return entry;
    const signed = entry.items.find(({ text }) => text.startsWith('signed '));
    if (!signed) return entry;
    const isOpened = signed.text.endsWith('→ no');
    return {
      ...entry,
      section: 'security',
      effect: { class: 'none', reason: 'it decides whose packages Spack trusts' },
      marks: [...entry.marks, isOpened ? 'security-broadened' : 'security-narrowed'],
      notes: [
        ...entry.notes,
        isOpened
          ? 'Spack takes packages from the cache without asking for a signature: whoever can write to it runs code as every user'
          : 'Spack takes only packages that are signed by a key that it trusts',
      ],
    };
  });
