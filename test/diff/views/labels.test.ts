import type { EffectClass } from '../../../lib/app/effect';
import { labelsOf } from '../../../lib/diff/views/labels';
import { diffWith, entryWith } from './support';

describe('the label of a diff', () => {
  const of = (name: EffectClass, more = {}) =>
    labelsOf(diffWith([entryWith({ marks: [], effect: { class: name, reason: 'r' }, ...more })]));

  test('is no-change when nothing differs', () => {
    expect(labelsOf(diffWith([]))).toEqual(['no-change']);
  });

  test('is safe when no job and no user notices', () => {
    expect(of('none')).toEqual(['safe']);
    expect(of('daemon-restart')).toEqual(['safe']);
    expect(of('rolling-drain', { effect: { class: 'rolling-drain', reason: 'r', harmless: true } })).toEqual(['safe']);
  });

  test('is safe when files differ in which nothing else is said', () => {
    const quiet = diffWith([]);
    expect(labelsOf({ ...quiet, summary: { ...quiet.summary, files: 1 } })).toEqual(['safe']);
  });

  test('is disruptive when nodes drain, scripts break, security is broadened or a vulnerability comes', () => {
    expect(of('rolling-drain')).toEqual(['disruptive']);
    expect(of('none', { marks: ['user-contract'] })).toEqual(['disruptive']);
    expect(of('none', { marks: ['security-broadened'] })).toEqual(['disruptive']);
    expect(of('none', { marks: ['vulnerable'] })).toEqual(['disruptive']);
  });

  test('is data-loss whatever else there is, acknowledged or not', () => {
    expect(of('data-loss', { acknowledged: { reason: 'agreed', until: '2027-01-31' } })).toEqual(['data-loss']);
  });
});
