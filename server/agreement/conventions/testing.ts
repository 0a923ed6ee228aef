import type { Role } from '../../../contract/route.ts'
import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import type { House, Person } from '../../testing/house.ts'

/** Proven for as long as a test moves its clock. */
const proven = { provenAt: new Date('2060-01-01T00:00:00Z') }
export const withRoles = async (
  house: House,
  organisationId: string,
  ...roles: readonly (Role | { readonly region: number })[]
): Promise<Person> => {
  const person = await house.person(organisationId, [], proven)
  for (const role of roles)
    await (typeof role === 'string'
      ? giveRole(house.owner, person, role)
      : giveRole(house.owner, person, 'direction-regionale', { regionId: role.region }))
  return person
}
export const aSignatory = (over: object = {}) => ({
  name: 'Camille Essai',
  capacity: 'Présidente',
  act: 'Délibération 2026-12',
  actOn: '2026-01-10',
  localAuthority: true,
  prefectureOn: '2026-01-12',
  publishedOn: '2026-01-13',
  ...over,
})
export const aDraft = (organisationId: string, regionId: number, over: object = {}) => {
  serial += 1
  return {
    organisationId,
    regionId,
    number: `75-2026-${serial}`,
    firstTermOn: '2026-12-31',
    signatories: {
      partenaire: aSignatory(),
      operateur: aSignatory({
        capacity: 'Directeur régional',
        localAuthority: false,
        prefectureOn: null,
        publishedOn: null,
      }),
    },
    ...over,
  }
}
let serial = 0
/** A PDF as far as its first bytes tell. */
export const aPdf = (said = 'essai', name = 'signé.pdf') => ({
  name,
  base64: Buffer.from(`%PDF-1.7 ${said} %%EOF`).toString('base64'),
})
