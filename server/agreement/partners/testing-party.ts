import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { organisations } from '../../people-and-rights/organisations/index.ts'
import { insertConvention } from '../../people-and-rights/organisations/testing.ts'
import { siretText } from '../../platform/siret.ts'
import { openHouse } from '../../testing/house.ts'
import { siretOf } from '../../work-with-employers/campaigns/testing-world.ts'
import { conventions } from '../conventions/index.ts'
import { withRoles } from '../conventions/testing.ts'
import { partners } from './index.ts'

/** A house where who a partner is gets settled: two regional directions, the operator's security officer, partners. */
export const openParties = async () => {
  const house = await openHouse([...conventions, ...partners, ...organisations])
  await house.owner.query(
    `insert into territories (id, kind, code, name)
      values (1075, 'region', '75', 'Nouvelle-Aquitaine'), (1076, 'region', '76', 'Occitanie')`,
  )
  const operator = (await house.organisation({ kind: 'operateur' })).id
  let serial = 700
  const nextSiret = () => siretOf(++serial)
  return {
    house,
    /** Of the regional direction of Nouvelle-Aquitaine, of Occitanie's, and the operator's CSSI, who reads all. */
    sylvie: await withRoles(house, operator, { region: 1075 }),
    other: await withRoles(house, operator, { region: 1076 }),
    officer: await withRoles(house, operator, 'cssi'),
    freshSiret: () => siretText(nextSiret()),
    /** Who it is since this day (today if unsaid), with an account manager and a convention of Nouvelle-Aquitaine. */
    partner: async (kind: 'epci' | 'mission-locale', since?: string) => {
      const { id, name, siret } = await house.organisation({ kind, siret: nextSiret() })
      await house.owner.query('delete from conventions where organisation_id = $1', [id])
      await insertConvention(house.owner, id)
      const convention = await house.owner.query<{ id: string }>(
        'update conventions set region_id = 1075 where organisation_id = $1 returning id',
        [id],
      )
      if (since !== undefined)
        await house.owner.query('update organisation_identities set from_on = $2 where organisation_id = $1', [
          id,
          since,
        ])
      const rgc = await house.person(id)
      await giveRole(house.owner, rgc, 'rgc')
      return { id, name, siret: siretText(siret), kind, convention: convention.rows[0]!.id, rgc }
    },
    rows: async (text: string, values: unknown[] = []): Promise<any[]> => (await house.owner.query(text, values)).rows,
    close: () => house.close(),
  }
}
export type Parties = Awaited<ReturnType<typeof openParties>>
export type Partner = Awaited<ReturnType<Parties['partner']>>
