import { useRef, useState } from 'react'
import type { Reply } from '../../contract/route.ts'
import type { listPortfolio } from '../../contract/work-with-employers/portfolio.ts'
import { useFocusLeft } from '../platform/focus-left.ts'
import { formatCount } from '../platform/format.ts'
import type { useList } from '../platform/list.ts'
import { townWords } from '../platform/names.ts'
import { useShortcut } from '../platform/shortcuts.ts'
import { Button, ButtonRow, DataTable, Empty, Link, Loaded, Section } from '../ui/index.ts'
import { Due, NextActionActs } from '../work-with-employers/exchanges/next-action-parts.tsx'
import { RecordExchange } from '../work-with-employers/exchanges/record-exchange.tsx'
import { actionWords } from '../work-with-employers/exchanges/words.ts'
import {
  Call,
  Employer,
  keyOf,
  LastWords,
  type Line,
  nameOf,
  recordingOf,
} from '../work-with-employers/portfolio/line-parts.tsx'
import '../work-with-employers/campaigns/campaigns.css'
import '../work-with-employers/portfolio/portfolio.css'
import { FirstSteps } from './first-steps.tsx'

type Day = Reply<typeof listPortfolio>

/** What an advisor does today: late first, each with all that the call needs. */
export const DayList = ({ query, more }: ReturnType<typeof useList<Day>>) => {
  const [recording, setRecording] = useState<Line | null>(null)
  const root = useRef<HTMLDivElement>(null)
  const onDone = useFocusLeft(query.data)
  // On the row where one stands.
  useShortcut('new', () => {
    const row = document.activeElement?.closest('tr')?.dataset.index
    const line = row === undefined ? undefined : query.data?.items[Number(row)]
    if (!line?.allowed.includes('record') || !root.current?.contains(document.activeElement)) return false
    setRecording(line)
  })
  return (
    <div ref={root} className="cc-home-block cc-early-cards">
      <Section title="Mes prochaines actions" actions={<Link href="/portefeuille">Mon portefeuille</Link>}>
        <Loaded query={query} lines={5} empty={({ counts }) => counts.planned === 0 && <Nothing counts={counts} />}>
          {({ items, total }) => (
            <>
              <DayTable {...{ items, total, more }} onRecord={setRecording} onDone={onDone} />
              <p className="fr-text--sm fr-mb-0 cc-home-keys">
                <kbd className="cc-kbd">j</kbd> et <kbd className="cc-kbd">k</kbd> parcourent la liste,{' '}
                <kbd className="cc-kbd">n</kbd> enregistre un échange avec l’employeur de la ligne.
              </p>
            </>
          )}
        </Loaded>
      </Section>
      {recording && <RecordExchange {...recordingOf(recording)} onClose={() => setRecording(null)} />}
    </div>
  )
}

const Nothing = ({ counts }: { counts: Day['counts'] }) =>
  counts.all === 0 ? (
    <FirstSteps />
  ) : (
    <Empty
      title="Aucune action prévue"
      action={
        <Button href={counts.new > 0 ? '/portefeuille?partie=new' : '/portefeuille'}>
          {counts.new > 0
            ? `Voir ${formatCount(counts.new, 'nouvelle cible', 'nouvelles cibles')}`
            : `Voir ${formatCount(counts.all, 'cible')}`}
        </Button>
      }
    >
      Vos cibles vous attendent. Quand vous enregistrez un échange, notez la suite : elle sera dans cette liste le jour
      venu.
    </Empty>
  )

const DayTable = ({
  items,
  total,
  more,
  onRecord,
  onDone,
}: {
  items: readonly Line[]
  total: number | undefined
  more: ReturnType<typeof useList>['more']
  onRecord: (line: Line) => void
  onDone: () => void
}) => (
  <DataTable
    caption={`Mes prochaines actions${total === undefined ? '' : ` (${total})`}`}
    hideCaption
    rows={items}
    keyOf={keyOf}
    href={({ establishment: { siret } }) => `/etablissements/${siret}`}
    columns={[
      { head: 'Employeur', cell: line => <Employer line={line} /> },
      {
        head: 'Où',
        cell: ({ establishment, campaign }) => (
          <span className="cc-two">
            {townWords(establishment.town)}
            {campaign?.name && <span className="fr-hint-text">{campaign.name}</span>}
          </span>
        ),
      },
      {
        head: 'À faire',
        cell: ({ nextAction }) =>
          nextAction && (
            <span className="cc-two">
              {actionWords[nextAction.kind]} <Due action={nextAction} />
              {nextAction.notedBy && <span className="fr-hint-text">confié par {nextAction.notedBy.name}</span>}
            </span>
          ),
      },
      { head: 'La dernière fois', cell: line => <LastWords line={line} /> },
    ]}
    acts={line => (
      <ButtonRow>
        <Call line={line} />
        {line.allowed.includes('record') && (
          <Button size="small" priority="secondary" onClick={() => onRecord(line)}>
            Échange<span className="fr-sr-only"> avec {nameOf(line)}</span>
          </Button>
        )}
        {line.nextAction && <NextActionActs action={line.nextAction} onDone={onDone} />}
      </ButtonRow>
    )}
    {...(more ? { more } : {})}
  />
)
