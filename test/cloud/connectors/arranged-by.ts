import type { BankFailureCode } from '../../../cloud/local/bank/control.ts';
import type { BankControl } from '../../../cloud/local/bank/sandbox-bank.ts';
import type { BankErrorCode } from '../../../cloud/ports/bank-connector.ts';
import type { ConnectorWorld } from '../../contract/bank-connector.ts';

/** What the contract of connectors arranges, at the Sandbox Bank. */
export function arrangedBy(control: BankControl): Pick<ConnectorWorld, 'show' | 'failNext'> {
  return {
    show: (entries, balance) => control.show('current', { entries, ...(balance && { balance }) }),
    failNext: ({ with: code, ...failure }) =>
      control.failNext({ ...failure, with: arrangeable(code) }),
  };
}

function arrangeable(code: BankErrorCode): BankFailureCode {
  switch (code) {
    case 'needs-confirmation':
    case 'confirmation-declined':
    case 'confirmation-expired':
    case 'code-rejected':
    case 'notice-refused':
    case 'provider-not-configured':
      throw new Error(code);
    default:
      return code;
  }
}
