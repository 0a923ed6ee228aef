import { giveRole } from '../../people-and-rights/accounts/testing.ts'
import { type House, once, openHouse, type Person } from '../../testing/house.ts'
import { rightsRequests } from './index.ts'

export interface Register {
  readonly house: House
  at(instant: string): void
  /** A data protection officer of a partner, of the operator and of another partner; one who is none. */
  readonly dpd: Person
  readonly operatorDpd: Person
  readonly otherDpd: Person
  readonly agent: Person
  readonly structures: Readonly<Record<'partner' | 'operator' | 'other' | 'empty', string>>
  post(who: Person, path: string, body: object): Promise<{ status: number; body: any }>
  ok(who: Person, path: string, body: object): Promise<any>
  entered(who?: Person, over?: object): Promise<any>
  one(who: Person, id: string): Promise<any>
  close(): Promise<void>
}
export const aRequest = (over: object = {}) => ({
  kind: 'erasure',
  whose: 'correspondent',
  person: 'Alix Essai',
  channel: 'mail',
  receivedOn: '2026-06-05',
  ...over,
})

/** Two partners and the operator, each with its officer; a partner that has none. */
export const openRegister = async (): Promise<Register> => {
  let now = new Date('2026-06-08T09:00:00Z')
  const house = await openHouse(rightsRequests, { clock: () => now })
  const structures = {
    partner: (await house.organisation({ kind: 'epci' })).id,
    operator: (await house.organisation({ kind: 'operateur' })).id,
    other: (await house.organisation({ kind: 'plie' })).id,
    empty: (await house.organisation({ kind: 'autre' })).id,
  }
  const officer = async (organisationId: string) => {
    const person = await house.person(organisationId)
    await giveRole(house.owner, person, 'dpd')
    return person
  }
  const dpd = await officer(structures.partner)
  const agent = await house.person(structures.partner)
  await giveRole(house.owner, agent, 'rssi')
  const at = (instant: string) => {
    now = new Date(instant)
  }
  const post: Register['post'] = (who, path, body) => house.call(who, 'POST', `/rights-requests${path}`, body, once())
  const ok: Register['ok'] = async (who, path, body) => {
    const { status, body: reply } = await post(who, path, body)
    if (status !== 200) throw new Error(`${path}: ${status} ${JSON.stringify(reply)}`)
    return reply
  }
  return {
    house,
    at,
    dpd,
    operatorDpd: await officer(structures.operator),
    otherDpd: await officer(structures.other),
    agent,
    structures,
    post,
    ok,
    entered: (who = dpd, over = {}) => ok(who, '', aRequest(over)),
    one: async (who, id) => (await house.call(who, 'GET', `/rights-requests/${id}`)).body,
    close: () => house.close(),
  }
}
