import { useRef, useState } from 'react'
import type { Reply } from '../../contract/route.ts'
import type { listNextActions } from '../../contract/work-with-employers/exchanges.ts'
import type { useList } from '../platform/list.ts'
import { useShortcut } from '../platform/shortcuts.ts'
import { Button, ButtonRow, DataTable, Empty, Link, Loaded, Section } from '../ui/index.ts'
import { Due, NextActionActs } from '../work-with-employers/exchanges/next-action-parts.tsx'
import { RecordExchange } from '../work-with-employers/exchanges/record-exchange.tsx'
import { actionWords, employerName, type NextAction } from '../work-with-employers/exchanges/words.ts'

type Actions = ReturnType<typeof useList<Reply<typeof listNextActions>>>

export const NextActions = ({ query, more }: Actions) => {
  const [recording, setRecording] = useState<NextAction | null>(null)
  const root = useRef<HTMLDivElement>(null)
  // The row went away with the button that had the focus.
  const findRow = () => {
    if (document.activeElement === document.body)
      root.current?.querySelector<HTMLElement>('[data-row-stop], a')?.focus()
  }
  // On the row where one stands.
  useShortcut('new', () => {
    const link = document.activeElement?.closest('tr')?.querySelector('[data-row-stop]')?.getAttribute('href')
    const action = query.data?.items.find(({ siret }) => link === `/etablissements/${siret}`)
    if (!action || !root.current?.contains(document.activeElement)) return false
    setRecording(action)
  })
  return (
    <div ref={root} className="cc-home-block">
      <Section title="Mes prochaines actions" actions={<Link href="/portefeuille">Mon portefeuille</Link>}>
        <Loaded
          query={query}
          lines={5}
          empty={({ items }) =>
            items.length === 0 && (
              <Empty
                title="Aucune action prévue"
                action={<Button href="/etablissements">Rechercher un établissement</Button>}
              >
                Quand vous enregistrez un échange, notez la suite : un rappel, une visite, un rendez-vous. Elle vous
                attendra ici, au bon jour.
              </Empty>
            )
          }
        >
          {({ items, total }) => (
            <>
              <DataTable
                caption={`Mes prochaines actions${total === undefined ? '' : ` (${total})`}`}
                hideCaption
                rows={items}
                keyOf={({ id }) => id}
                href={({ siret }) => `/etablissements/${siret}`}
                columns={[
                  { head: 'Employeur', cell: employerName },
                  { head: 'Action', cell: ({ kind }) => actionWords[kind] },
                  {
                    head: 'Échéance',
                    cell: action => <Due action={action} />,
                  },
                ]}
                acts={action => (
                  <ButtonRow>
                    <Button size="small" priority="tertiary" onClick={() => setRecording(action)}>
                      Échange<span className="fr-sr-only"> avec {employerName(action)}</span>
                    </Button>
                    <NextActionActs action={action} onDone={findRow} />
                  </ButtonRow>
                )}
                {...(more ? { more } : {})}
              />
              <p className="fr-text--sm fr-mb-0 cc-home-keys">
                <kbd className="cc-kbd">j</kbd> et <kbd className="cc-kbd">k</kbd> parcourent la liste,{' '}
                <kbd className="cc-kbd">n</kbd> enregistre un échange avec l’employeur de la ligne.
              </p>
            </>
          )}
        </Loaded>
      </Section>
      {recording && (
        <RecordExchange
          siret={recording.siret}
          name={employerName(recording)}
          campaignId={recording.campaign?.id}
          actionId={recording.id}
          onClose={() => setRecording(null)}
        />
      )}
    </div>
  )
}
