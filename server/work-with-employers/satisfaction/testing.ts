import pg from 'pg'
import { openMailbox } from '../../notifications/testing-smtp.ts'
import { within } from '../../platform/job.ts'
import { keyRing } from '../../platform/key-ring.ts'
import { siretText } from '../../platform/siret.ts'
import { once, openHouse, type Person } from '../../testing/house.ts'
import { insertEstablishments, layTerritories, siretOf } from '../campaigns/testing-world.ts'
import { objectionDigests } from '../correspondents/objection-digests.ts'
import { aCorrespondent, aValue, insertCorrespondent } from '../correspondents/testing.ts'
import { needs } from '../needs/index.ts'
import { here, rights } from '../taking-over/testing.ts'
import { satisfactionRoutes } from './answer-routes.ts'
import { askEmployers } from './ask-employers.job.ts'
import { satisfaction } from './index.ts'

export const publicUrl = 'http://localhost'
/** Those of the house. */
export const digests = objectionDigests(keyRing(new Map([[1, Buffer.alloc(32, 7)]])))

/** Two structures that work with employers, their worker and a mail server. */
export const openWorld = async () => {
  const house = await openHouse([...needs, ...satisfaction], {
    exceptions: database => [satisfactionRoutes({ database, publicUrl })],
  })
  await layTerritories(house.owner)
  const [cc, mission, cap] = [
    (await house.organisation({ name: 'CC des Essais' })).id,
    (await house.organisation({ name: 'Mission d’essai' })).id,
    (await house.organisation({ name: 'Cap d’essai' })).id,
  ]
  const people = {
    claire: await house.person(cc, [...rights()]),
    peer: await house.person(cc, [...rights()]),
    karim: await house.person(mission, [...rights()]),
    zoe: await house.person(cap, [...rights()]),
    pilot: await house.person(cap, [...rights('pilote')]),
  }
  await insertEstablishments(
    house.owner,
    Array.from({ length: 60 }, (_, i) => ({ siret: siretOf(i + 1) })),
  )
  const mailbox = await openMailbox()
  const worker = new pg.Client(house.urls.workerUrl)
  await worker.connect()
  let next = 0
  const act = (id: string, path: string, body?: object, who: Person = people.claire) =>
    house.call(who, 'POST', `/needs/${id}/${path}`, body, once())

  /** Somebody at an employer, with this e-mail. */
  const someone = async (email: string | null) => {
    const siret = siretOf(++next)
    const { id } = await insertCorrespondent(
      house.owner,
      aCorrespondent({
        siret,
        ...here,
        values: [aValue('familyName', 'Essai'), ...(email ? [aValue('email', email)] : [])],
      }),
    )
    return { siret, id }
  }
  /** A need of theirs, noted and taken by Claire unless told otherwise, closed so many days ago. */
  const closed = async (
    who: { siret: number; id: string | null },
    { taker = people.claire, daysAgo = 4, visibility = 'reseau' } = {},
  ): Promise<string> => {
    const noted = await house.call(
      people.claire,
      'POST',
      `/establishments/${siretText(who.siret)}/needs`,
      { kind: 'formation', notes: 'Caces pour deux caristes', correspondentId: who.id, visibility },
      once(),
    )
    const { id } = noted.body
    if (taker !== people.claire) await act(id, 'proposals', { toOrganisationIds: [taker.organisationId] })
    await act(id, 'taking', undefined, taker)
    const { status, body } = await act(id, 'closing', { outcome: 'answer' }, taker)
    if (status !== 200) throw new Error(JSON.stringify(body))
    await house.owner.query(`update needs set closed_at = now() - make_interval(days => $2) where id = $1`, [
      id,
      daysAgo,
    ])
    return id
  }
  /** The job, once. */
  const run = (client: pg.ClientBase = worker) => within(client)(work => askEmployers(work, digests))
  /** The token of the mail about this need, as its employer has it. */
  const tokenOf = async (id: string): Promise<string> => {
    const { rows } = await house.owner.query(
      `select path from mails where kind = 'satisfaction-asked' and about_id = $1`,
      [id],
    )
    return rows[0].path.slice('/avis#'.length)
  }
  return {
    house,
    people,
    mailbox,
    worker,
    act,
    someone,
    closed,
    run,
    tokenOf,
    /** A need that was asked about, and the token of its employer. */
    asked: async (email: string, over: Parameters<typeof closed>[1] = {}) => {
      const who = await someone(email)
      const id = await closed(who, over)
      await run()
      return { id, who, token: await tokenOf(id) }
    },
    read: async (id: string, who: Person = people.claire) =>
      (await house.call(who, 'GET', `/needs/${id}/satisfaction`)).body.satisfaction,
    post: async (path: string, payload: object, headers: Record<string, string> = {}) => {
      const answer = await house.server.inject({ method: 'POST', url: path, payload, headers })
      return { status: answer.statusCode, body: answer.json() }
    },
    row: async (id: string) => (await house.owner.query('select * from need_surveys where need_id = $1', [id])).rows[0],
    trail: async (id: string) =>
      (
        await house.owner.query(
          `select e.action, e.actor_id as by, d.detail from audit_entries e join audit_details d on d.entry_id = e.id
            where e.subject_kind = 'need' and e.subject_id = $1 and e.action like 'satisfaction.%' order by e.at, e.id`,
          [id],
        )
      ).rows,
    close: async () => {
      await worker.end()
      await mailbox.close()
      await house.close()
    },
  }
}
export type SatisfactionWorld = Awaited<ReturnType<typeof openWorld>>
