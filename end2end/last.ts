// Says at the very end, in a few lines, what failed and why: for whoever reads only the end of a long log.
import type { Reporter, TestCase, TestResult } from '@playwright/test/reporter';

const COLOURS = /\u001b\[\d+m/g;
/** Lines of each fault. */
const LINES = 12;

export default class Last implements Reporter {
  private faults: string[] = [];

  onTestEnd(test: TestCase, { status, errors }: TestResult) {
    if (status === test.expectedStatus || status === 'skipped') return;
    const why = errors.map(({ message, location }) => `${message} (${location?.file}:${location?.line})`).join('\n');
    const lines = why.replace(COLOURS, '').split('\n').slice(0, LINES);
    this.faults.push([`${test.titlePath().slice(1).join(' › ')}: ${status}`, ...lines].join('\n    '));
  }

  onEnd() {
    for (const fault of this.faults) console.log(fault);
  }
}
