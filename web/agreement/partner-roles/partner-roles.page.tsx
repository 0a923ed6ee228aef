import { useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useState } from 'react'
import { listPartnerRoles, listPartnerSeats } from '../../../contract/agreement/partner-roles.ts'
import { RolesTable } from '../../people-and-rights/roles/roles-table.tsx'
import { call } from '../../platform/api.ts'
import { useList } from '../../platform/list.ts'
import { useAddress } from '../../platform/navigation.ts'
import { Empty, Loaded, Page, Section } from '../../ui/index.ts'
import { Seats } from './seats.tsx'
import type { Held, Seat } from './words.ts'

const GiveDialog = lazy(() => import('./give-dialog.tsx'))
const EndDialog = lazy(() => import('./end-dialog.tsx'))
const withRegion = (rows: readonly Held[]) => rows.map(row => ({ ...row, region: null }))

/** A partner's roles of annex 2, given and ended by itself (AGR-16). `donner`: the role whose dialog opens. */
export default function PartnerRolesPage() {
  const [{ donner }, set] = useAddress()
  const [giving, setGiving] = useState<Seat | null>(null)
  const [ending, setEnding] = useState<Held | null>(null)
  const seats = useQuery({
    queryKey: ['partner-roles', 'seats'],
    queryFn: ({ signal }) => call(listPartnerSeats, { signal }),
    refetchOnMount: 'always',
  })
  const running = useList(
    ['partner-roles', 'running'],
    (after, signal) => call(listPartnerRoles, { query: after ? { after } : { total: true }, signal }),
    { fresh: true },
  )
  const over = useList(
    ['partner-roles', 'over'],
    (after, signal) =>
      call(listPartnerRoles, { query: { over: true, ...(after ? { after } : { total: true }) }, signal }),
    { fresh: true },
  )
  const asked = giving ?? seats.data?.items.find(({ role, allowed }) => role === donner && allowed.includes('give'))
  const close = () => {
    setGiving(null)
    if (donner) set({ donner: undefined })
  }
  return (
    <Page
      title="Rôles de la structure"
      lead="Qui tient, dans le service, les rôles que l’annexe 2 de la convention nomme, et ce que chacun ouvre. Le signataire les donne ; les RGC aussi, sauf celui de responsable opérationnel. Personne ne donne ni ne retire les siens."
    >
      <Loaded query={seats} lines={8}>
        {({ items: all }) => (
          <>
            <Section title="Les rôles de l’annexe 2">
              <Seats seats={all} onGive={setGiving} />
            </Section>
            <Section title="En cours et à venir">
              <Loaded
                query={running.query}
                empty={({ items }) =>
                  items.length === 0 && <Empty title="Aucun rôle donné">Les rôles donnés ici s’y verront.</Empty>
                }
              >
                {({ items }) => (
                  <RolesTable
                    caption="Rôles en cours et à venir, du dernier donné au premier"
                    rows={withRegion(items)}
                    more={running.more}
                    onEnd={items.some(({ allowed }) => allowed.includes('end')) ? setEnding : undefined}
                  />
                )}
              </Loaded>
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
                    rows={withRegion(items)}
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
        {asked && <GiveDialog seat={asked} onClose={close} />}
        {ending && <EndDialog held={ending} onClose={() => setEnding(null)} />}
      </Suspense>
    </Page>
  )
}
