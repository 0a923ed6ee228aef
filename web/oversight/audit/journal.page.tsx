import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { listTrail } from '../../../contract/oversight/audit.ts'
import { call } from '../../platform/api.ts'
import { useList } from '../../platform/list.ts'
import { useAddress } from '../../platform/navigation.ts'
import { Button, Empty, Loaded, Page } from '../../ui/index.ts'
import { type Entry, EntryDialog } from './entry-dialog.tsx'
import { Entries } from './journal-entries.tsx'
import { filterOf, noFilter } from './journal-filter.ts'
import { JournalFilters } from './journal-filters.tsx'
import { emptyWords } from './words.ts'
import '../../territory-and-register/territories/territories.css'
import '../../work-with-employers/campaigns/campaigns.css'

export default function JournalPage() {
  const [address, setAddress] = useAddress()
  const { scope, ...filter } = filterOf(address)
  const [open, setOpen] = useState<Entry | null>(null)
  const { query, more } = useList(
    ['trail', scope, filter],
    (after, signal) => call(listTrail, { query: { scope, ...filter, ...(after ? { after } : {}) }, signal }),
    { fresh: true },
  )
  const mine = useQuery({
    queryKey: ['trail', 'scopes'],
    queryFn: ({ signal }) => call(listTrail, { query: { limit: 1 }, signal }),
    staleTime: 60_000,
  })
  const scopes = mine.data?.scopes ?? ['own' as const, 'about-me' as const]
  const filtered = Object.keys(filter).length > 0
  const one = query.data?.items[0]
  return (
    <Page
      title="Journal"
      lead="Les actes enregistrés, les derniers d’abord. Le journal ne peut être ni modifié ni effacé."
    >
      <JournalFilters {...{ filter, scope, scopes, setAddress }} only={one?.actor?.name || 'une personne'} />
      <Loaded
        query={query}
        lines={8}
        empty={({ items }) =>
          items.length === 0 &&
          (filtered ? (
            <Empty
              title="Aucun acte ne répond à ces filtres"
              action={
                <Button size="small" priority="secondary" onClick={() => setAddress(noFilter)}>
                  Retirer les filtres
                </Button>
              }
            >
              Élargissez la période ou choisissez un autre acte.
            </Empty>
          ) : (
            <Empty title="Rien dans cette vue">{emptyWords[scope]}</Empty>
          ))
        }
      >
        {({ items }) => <Entries {...{ items, more, scope, filter, setAddress }} onOpen={setOpen} />}
      </Loaded>
      {open && <EntryDialog entry={open} onClose={() => setOpen(null)} />}
    </Page>
  )
}
