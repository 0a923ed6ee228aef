import { categories } from '../../contract/route.ts'
import { uuidv7 } from '../platform/ids.ts'
import type { Grant, Viewer } from '../platform/viewer.ts'

export const aViewerGrant = (over: Partial<Grant> = {}): Grant => ({
  tool: 'campagnes',
  profile: 'conseiller',
  territoryId: 0,
  touches: [],
  ...over,
})

/** A person signed in with two factors, for tests of rules and policies; holds nothing unless told. */
export const aViewer = (over: Partial<Viewer> = {}): Viewer => ({
  accountId: uuidv7(),
  organisationId: uuidv7(),
  organisationName: 'Partenaire',
  organisationKind: 'autre',
  givenName: 'Camille',
  familyName: 'Essai',
  function: 'Conseil aux entreprises',
  sessionId: uuidv7(),
  state: 'active',
  acr: 'eidas2',
  amr: ['pwd', 'mfa'],
  secondFactor: 'proconnect',
  secondFactorAt: '2027-01-15T08:00:00Z',
  provenAt: '2027-01-15T08:00:00Z',
  signedInAt: '2027-01-15T08:00:00Z',
  seenLately: true,
  grants: [],
  withheld: [],
  way: 'proconnect',
  refusedAudiences: [],
  categories,
  officerOf: [],
  roles: [],
  ...over,
})
