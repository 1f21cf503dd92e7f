import type { ApiCall } from './api.ts';

/** What a user may do in a book, the least first. Credentials and consents are their giver's, whatever the role. */
export const roles = ['viewer', 'bookkeeper', 'admin', 'owner'] as const;
export type Role = (typeof roles)[number];

/** The least role that each call asks for. */
export const callRoles: Readonly<Record<ApiCall, Role>> = {
  overview: 'viewer',
  accessLog: 'viewer',
  members: 'viewer',
  setMails: 'viewer',
  linkAccount: 'bookkeeper',
  identifyAccount: 'bookkeeper',
  syncNow: 'bookkeeper',
  syncHistory: 'bookkeeper',
  previewSync: 'bookkeeper',
  applySync: 'bookkeeper',
  answerConfirmation: 'bookkeeper',
  putFile: 'bookkeeper',
  previewFile: 'bookkeeper',
  importFile: 'bookkeeper',
  dropFile: 'bookkeeper',
  removeFileAccount: 'bookkeeper',
  undoRun: 'bookkeeper',
  takeDelivery: 'viewer',
  finishDelivery: 'viewer',
  reviewDrafts: 'viewer',
  reviewRules: 'viewer',
  suggestAgain: 'bookkeeper',
  rejectTransfer: 'bookkeeper',
  addRule: 'bookkeeper',
  dismissRule: 'bookkeeper',
  setSuggestions: 'admin',
  startConnect: 'admin',
  findAccounts: 'admin',
  renameConnection: 'admin',
  setSchedule: 'admin',
  unsync: 'admin',
  setRole: 'admin',
};

/** Whether somebody in that role may make the call. */
export function mayCall(role: Role, call: ApiCall): boolean {
  return roles.indexOf(role) >= roles.indexOf(callRoles[call]);
}
