import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { sql } from 'kysely'
import { withFunctionChanged } from '../../testing/parity.ts'
import { openRegister, type Register } from './testing.ts'

let register: Register
before(async () => {
  register = await openRegister()
})
after(() => register.close())

test('SEC-6, PRI-2: a context that nobody entered, as an injected statement would write it, corrects nothing, takes and gives nothing back', async () => {
  const { dpd, operatorDpd, structures, entered, ok, house } = register
  const { id: kept } = await entered()
  const { id: handed } = await entered()
  await ok(dpd, `/${handed}/handover`, { toOrganisationId: structures.operator })
  const { id: received } = await entered(operatorDpd)
  await ok(operatorDpd, `/${received}/handover`, { toOrganisationId: structures.partner })
  const forged = async (call: string) => {
    const tx = await house.database.begin()
    try {
      await tx.run(
        sql`select set_config('ctx.roles', '{dpd}', true), set_config('ctx.organisation', ${structures.partner}, true),
          set_config('ctx.account', ${dpd.id}, true), set_config('ctx.level', '2', true)`,
      )
      return (await tx.first(sql<{ outcome: string }>`select ${sql.raw(call)} as outcome`))!.outcome
    } finally {
      await tx.rollback()
    }
  }
  for (const [signature, call, refused] of [
    [
      'correct_rights_request(uuid, int, text, text, text, text, date, text)',
      `correct_rights_request('${kept}', 1, 'access', 'user', 'Autre', 'mail', '2026-06-05', 'x')`,
      'rights-request/dpd-only',
    ],
    [
      'end_rights_handover(uuid, boolean, text)',
      `end_rights_handover('${handed}', false, 'x')`,
      'rights-request/giver-only',
    ],
    [
      'end_rights_handover(uuid, boolean, text)',
      `end_rights_handover('${received}', true, 'x')`,
      'rights-request/receiver-only',
    ],
  ] as const) {
    assert.equal(await forged(call), refused)
    await withFunctionChanged(house.owner, signature, 'not ctx.ok() or', '', async () =>
      assert.equal(await forged(call), '', `${signature}: the clause`),
    )
  }
})
