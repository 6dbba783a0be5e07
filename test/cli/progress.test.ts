import { progressOn } from '../../lib/cli/progress';

const stream = (isTTY: boolean) => {
  const written: string[] = [];
  return { isTTY, written, write: (text: string) => void written.push(text) };
};

describe('progress', () => {
  beforeEach(() => void jest.useFakeTimers());
  afterEach(() => void jest.useRealTimers());

  test('says nothing of work that takes less than a second', () => {
    const out = stream(true);
    const progress = progressOn(out);

    progress.step('loading');
    jest.advanceTimersByTime(900);
    progress.done();
    jest.advanceTimersByTime(900);

    expect(out.written).toEqual([]);
  });

  test('on a terminal is one line that changes and goes away', () => {
    const out = stream(true);
    const progress = progressOn(out);

    progress.step('loading');
    jest.advanceTimersByTime(1100);
    progress.step('writing');
    progress.done();

    expect(out.written).toEqual(['\r\u001b[2Kloading ...', '\r\u001b[2Kwriting ...', '\r\u001b[2K']);
  });

  test('elsewhere is plain lines', () => {
    const out = stream(false);
    const progress = progressOn(out);

    progress.step('loading');
    jest.advanceTimersByTime(1100);
    progress.step('writing');
    progress.done();

    expect(out.written).toEqual(['loading ...\n', 'writing ...\n']);
  });
});
