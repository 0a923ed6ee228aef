import { lazy, Suspense, useState } from 'react'
import { listOperatorRoles } from '../../../contract/people-and-rights/roles.ts'
import { call } from '../../platform/api.ts'
import { useList } from '../../platform/list.ts'
import { Button, ButtonRow, Empty, Link, Loaded, Page, Section } from '../../ui/index.ts'
import { RolesTable } from './roles-table.tsx'
import type { Shown } from './words.tsx'

const GiveDialog = lazy(() => import('./give-dialog.tsx'))
const EndDialog = lazy(() => import('./end-dialog.tsx'))

/** The operator's roles: who holds what, since when, by whom; given and ended by another administrator (AGR-16). */
export default function RolesPage() {
  const [giving, setGiving] = useState(false)
  const [ending, setEnding] = useState<Shown | null>(null)
  const running = useList(
    ['operator-roles', 'running'],
    (after, signal) => call(listOperatorRoles, { query: after ? { after } : { total: true }, signal }),
    { fresh: true },
  )
  const over = useList(
    ['operator-roles', 'over'],
    (after, signal) =>
      call(listOperatorRoles, { query: { over: true, ...(after ? { after } : { total: true }) }, signal }),
    { fresh: true },
  )
  const gives = running.query.data?.allowed.includes('give') ?? false
  return (
    <Page
      title="Rôles de l’opérateur"
      lead="Qui tient un rôle pour l’opérateur, depuis quand, et qui l’a donné. Personne ne donne ni ne retire ses propres rôles."
      actions={
        gives && (
          <ButtonRow>
            <Button onClick={() => setGiving(true)}>Donner un rôle</Button>
            <Link href="/administration/cssi-bloques">CSSI bloqués</Link>
          </ButtonRow>
        )
      }
    >
      <Loaded query={running.query} lines={8}>
        {({ items: held }) => (
          <>
            <Section title="En cours et à venir">
              {held.length === 0 ? (
                <Empty title="Aucun rôle">Les rôles donnés ici, ou sur le serveur, s’y verront.</Empty>
              ) : (
                <RolesTable
                  caption="Rôles en cours et à venir, du dernier donné au premier"
                  rows={held}
                  more={running.more}
                  onEnd={gives ? setEnding : undefined}
                />
              )}
            </Section>
            <Section title="Terminés">
              <Loaded
                query={over.query}
                empty={({ items }) =>
                  items.length === 0 && (
                    <Empty title="Aucun rôle terminé">Ceux qui prendront fin resteront lisibles ici.</Empty>
                  )
                }
              >
                {({ items }) => (
                  <RolesTable
                    caption="Rôles terminés, du dernier donné au premier"
                    rows={items}
                    more={over.more}
                    onEnd={undefined}
                  />
                )}
              </Loaded>
            </Section>
          </>
        )}
      </Loaded>
      <Suspense>
        {giving && <GiveDialog onClose={() => setGiving(false)} />}
        {ending && <EndDialog held={ending} onClose={() => setEnding(null)} />}
      </Suspense>
    </Page>
  )
}
