/**
 * An address that a former structure keeps, released by the operator's security officer (ACC-16).
 * Owns: tables address_releases; acts release.*.
 * Uses: accounts, anomalies, necessity, people.
 * Start: `releases.policy.ts`, then `settle-address-release.ts`; docs/decisions/0027.
 */

import type { Action } from '../../platform/action.ts'
import { askAddressRelease } from './ask-address-release.ts'
import { contestAddressRelease } from './contest-address-release.ts'
import { countAddressReleases, listAddressReleases } from './list-address-releases.ts'
import { settleAddressRelease } from './settle-address-release.ts'

export const releases: readonly Action[] = [
  listAddressReleases,
  countAddressReleases,
  askAddressRelease,
  contestAddressRelease,
  settleAddressRelease,
]
