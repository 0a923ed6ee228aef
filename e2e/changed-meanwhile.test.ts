import assert from 'node:assert/strict'
import { after, before, test } from 'node:test'
import { getStructure } from '../contract/people-and-rights/organisations.ts'
import { getMe } from '../contract/signing-in/identity.ts'
import { pagesUnderTest } from './pages.ts'
import { me } from './stub-campaigns.ts'
import { refusal } from './stub-service.ts'

let pages: Awaited<ReturnType<typeof pagesUnderTest>>
before(async () => {
  pages = await pagesUnderTest()
})
after(() => pages?.stop())

const [gironde, landes] = [
  { id: 2033, kind: 'departement', code: '33', name: 'Gironde' } as const,
  { id: 2040, kind: 'departement', code: '40', name: 'Landes' } as const,
]
const read = {
  id: '0193a000-0000-7000-80e0-000000000031',
  name: 'Agence du Sud',
  territories: [gironde],
  closed: null,
  version: 1,
}
const current = { ...read, name: 'Agence du Grand Sud', territories: [landes], version: 3 }

test('API-4, ACC-13, UX-5: an agency that another edited meanwhile: what they added and took away is said before one’s own is sent over it, or theirs is taken back', async () => {
  pages.service.reply(getMe, {}, { ...me(), roles: ['rgc'] })
  pages.service.reply(
    getStructure,
    {},
    { territories: [gironde, landes], agencies: [read], thirdParties: [], allowed: ['edit'] },
  )
  const sent: (string | undefined)[] = []
  pages.service.on(`PUT /habilitations/agencies/${read.id}`, ({ headers }) => {
    sent.push(headers['if-match'] as string | undefined)
    return headers['if-match'] === '"3"'
      ? { body: { ...current, version: 4, told: null } }
      : refusal(412, 'request/changed-meanwhile', 'Modifié entre-temps', 'Quelqu’un l’a modifié entre-temps.', {
          current,
        })
  })
  const page = await pages.open('/habilitations/structure')
  const dialog = page.getByRole('dialog')
  const save = async () => {
    await page.getByRole('button', { name: 'Modifier Agence du Sud' }).press('Enter')
    await dialog.getByRole('button', { name: 'Enregistrer', exact: true }).press('Enter')
    await dialog.getByText('Ajouté entre-temps : Landes.').waitFor()
    await dialog.getByText('Retiré entre-temps : Gironde.').waitFor()
    await dialog.getByText('Agence du Grand Sud').waitFor()
  }
  await save()
  await pages.sound('agence-entre-temps')
  await dialog.getByRole('button', { name: 'Reprendre ce qui est enregistré' }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  assert.deepEqual(sent, ['"1"'])
  await save()
  await dialog.getByRole('button', { name: 'Enregistrer ma saisie' }).press('Enter')
  await dialog.waitFor({ state: 'detached' })
  assert.deepEqual(sent, ['"1"', '"1"', '"3"'])
})
