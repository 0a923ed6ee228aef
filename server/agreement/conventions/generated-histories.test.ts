import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { uuidv7 } from '../../platform/ids.ts'
import { addDays, parisDay } from '../../platform/time.ts'
import { once } from '../../testing/house.ts'
import { pick, seededRandom } from '../../testing/people.ts'
import { factsOf } from './convention-rules.ts'
import { loadConvention } from './conventions.queries.ts'
import { effectiveFrom, endOf } from './deadlines.ts'
import { aPdf } from './testing.ts'
import { type Life, openLife } from './testing-life.ts'

let life: Life
before(async () => {
  life = await openLife()
})
after(() => life.close())

test('AGR-2 to AGR-6: on generated histories, what is stored is what the pure rules say of the facts', async () => {
  const random = seededRandom(841)
  let changes = 0
  for (let n = 0; n < 12; n += 1) {
    life.at('2026-01-05T09:00:00Z')
    const partner = await life.aPartner()
    const one = await life.inForce(partner)
    for (let step = 0; step < 8; step += 1) {
      life.at(new Date(life.now().getTime() + Math.floor(random() * 20 * 86_400_000)).toISOString())
      const day = addDays(parisDay(life.now()), -Math.floor(random() * 8))
      const who = pick(random, [partner.gilles, life.sylvie])
      const current = await life.ok(partner.gilles, 'GET', `/conventions/${one.id}`)
      const [kind, some] = pick(random, [
        ['notice', current.notices],
        ['breach', current.breaches],
      ] as const)
      const answer = await pick(random, [
        () =>
          life.calling(
            who,
            'POST',
            `/conventions/${one.id}/notices`,
            {
              channel: 'courriel',
              sentOn: addDays(day, -3),
              receivedOn: random() < 0.3 ? null : day,
              document: aPdf(),
            },
            once(),
          ),
        () =>
          life.calling(
            who,
            'POST',
            `/conventions/${one.id}/breaches`,
            {
              clauses: ['two-factors'],
              obligation: 'Article 7',
              letterReference: 'LR',
              sentOn: addDays(day, -3),
              presentedOn: random() < 0.3 ? null : day,
              deliveredOn: null,
              document: aPdf(),
            },
            once(),
          ),
        () =>
          life.calling(
            who,
            'POST',
            `/conventions/${one.id}/withdrawals`,
            { kind, id: (pick(random, some) as any)?.id ?? uuidv7(), reason: 'Accord' },
            once(),
          ),
        () =>
          life.calling(
            who,
            'POST',
            `/conventions/${one.id}/receipts`,
            { kind, id: (pick(random, some) as any)?.id ?? uuidv7(), receivedOn: day, presentedOn: null },
            once(),
          ),
        async () => {
          const proposed = await life.calling(
            life.sylvie,
            'POST',
            `/conventions/${one.id}/amendments`,
            {
              title: 'A',
              body: 'A',
              termOn: addDays(parisDay(life.now()), Math.floor(random() * 90)),
              renews: random() < 0.5,
            },
            once(),
          )
          if (proposed.status !== 200) return proposed
          const amendment = proposed.body.convention.amendments.at(-1)
          await life.calling(
            partner.gilles,
            'POST',
            `/conventions/${one.id}/amendments/${amendment.id}/sign`,
            { sha256: amendment.sha256 },
            once(),
          )
          return life.calling(
            life.signer,
            'POST',
            `/conventions/${one.id}/amendments/${amendment.id}/sign`,
            { sha256: amendment.sha256 },
            once(),
          )
        },
      ])()
      assert.ok(answer.status < 500, JSON.stringify(answer.body))
      if (answer.status === 200) changes += 1
      const tx = await life.house.database.begin()
      const { tokenHash } = await import('../../platform/session-cookie.ts')
      await tx.enter(tokenHash(life.sylvie.cookie.slice('session='.length)))
      const facts = factsOf((await loadConvention(tx, one.id))!)
      await tx.rollback()
      assert.deepEqual(await life.stored(one.id), {
        from: effectiveFrom(facts),
        end: endOf(facts, life.now())?.at ?? null,
      })
    }
  }
  assert.ok(changes > 25, `${changes}`)
})
