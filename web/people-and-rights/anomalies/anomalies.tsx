import './anomalies.css'
import { useEffect, useState } from 'react'
import {
  anomalyKinds,
  anomalyWords,
  exportAnomalies,
  listAnomalies,
} from '../../../contract/people-and-rights/anomalies.ts'
import { call } from '../../platform/api.ts'
import { dayOf, formatCount, formatDay, formatInstant, today } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import { useAddress } from '../../platform/navigation.ts'
import { useSearchWords } from '../../platform/search-words.ts'
import {
  Badge,
  Button,
  ButtonRow,
  type Column,
  DataTable,
  DateField,
  Empty,
  Link,
  Loaded,
  Notice,
  RelativeDay,
  Section,
  SelectField,
  TagChoice,
  TextField,
} from '../../ui/index.ts'
import { ExportDialog } from '../grants/export-dialog.tsx'
import { CorrectDialog } from './correct-dialog.tsx'
import { Supplied } from './supplied.tsx'
import {
  type Act,
  type Anomaly,
  accessWords,
  actWords,
  correctionSentence,
  evidenceWords,
  perimeterWords,
} from './words.ts'

const parts = [
  { value: 'ouvertes', label: 'Ouvertes' },
  { value: 'corrigees', label: 'Corrigées' },
] as const
const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

const NoAnomaly = ({ corrected, narrowed }: { corrected: boolean; narrowed: boolean }) =>
  corrected ? (
    <Empty title={narrowed ? 'Aucune anomalie corrigée à ces critères' : 'Aucune anomalie corrigée'}>
      Une anomalie paraît ici une fois corrigée, par un acte ou d’elle-même.
    </Empty>
  ) : (
    <Empty title={narrowed ? 'Aucune anomalie à ces critères' : 'Aucune anomalie'}>
      {narrowed
        ? 'Élargissez la recherche.'
        : 'Chaque compte et chaque habilitation sont utiles, utilisés et à la mesure de la fonction.'}
    </Empty>
  )

const AnomalyActs = ({ anomaly, onAct }: { anomaly: Anomaly; onAct: (act: Act) => void }) =>
  anomaly.allowed.length > 0 ? (
    <ButtonRow>
      {anomaly.allowed.map((act, i) => (
        <Button key={act} size="small" priority={i === 0 ? 'secondary' : 'tertiary'} onClick={() => onAct(act)}>
          {actWords[act]}
          <span className="fr-sr-only">
            {' '}
            : {anomaly.person.name}, {accessWords(anomaly)}
          </span>
        </Button>
      ))}
    </ButtonRow>
  ) : (
    <span className="fr-hint-text">Un autre RGC ou le signataire de votre structure décide.</span>
  )

const AnomalyFilters = ({
  corrected,
  words,
  onWords,
  address: { quoi, du, au },
  set,
}: {
  corrected: boolean
  words: string
  onWords: (words: string) => void
  address: { quoi: string; du: string; au: string }
  set: (change: Record<string, string>) => void
}) => (
  <search className="cc-anomalies-filters" aria-label="Filtrer les anomalies">
    <TextField
      name="q"
      label="Nom ou fonction"
      type="search"
      required
      value={words}
      onChange={onWords}
      maxLength={80}
    />
    <SelectField
      name="quoi"
      label="Anomalie"
      required
      placeholder="Toutes"
      value={quoi}
      onChange={value => set({ quoi: value })}
      options={anomalyKinds.map(value => ({ value, label: capital(anomalyWords[value]) }))}
    />
    {corrected && (
      <DateField
        name="du"
        label="Corrigée à partir du"
        required
        max={today()}
        value={du}
        onChange={value => set({ du: value })}
      />
    )}
    {corrected && (
      <DateField
        name="au"
        label="Corrigée jusqu’au"
        required
        max={today()}
        value={au}
        onChange={value => set({ au: value })}
      />
    )}
  </search>
)

const columnsOf = (own: boolean, corrected: boolean): readonly [Column<Anomaly>, ...Column<Anomaly>[]] => [
  {
    head: 'Personne',
    cell: anomaly => (
      <span className="cc-two">
        {own ? (
          <Link href={`/habilitations/personnes/${anomaly.person.id}`}>{anomaly.person.name}</Link>
        ) : (
          anomaly.person.name
        )}
        <span className="fr-hint-text">{anomaly.evidence.function}</span>
      </span>
    ),
  },
  {
    head: 'Accès',
    cell: anomaly => (
      <span className="cc-two">
        {accessWords(anomaly)}
        {anomaly.grant && <span className="fr-hint-text">{perimeterWords(anomaly)}</span>}
      </span>
    ),
  },
  {
    head: 'Anomalie',
    cell: anomaly => (
      <span className="cc-two">
        <Badge tone={corrected ? 'neutral' : 'warning'}>{anomalyWords[anomaly.kind]}</Badge>
        <span className="fr-hint-text">{evidenceWords(anomaly)}</span>
      </span>
    ),
  },
  {
    head: 'Ouverte',
    cell: ({ openedAt }) =>
      corrected ? (
        formatDay(dayOf(openedAt))
      ) : (
        <span className="cc-two">
          {formatDay(dayOf(openedAt))}
          <span className="fr-hint-text">
            <RelativeDay date={openedAt} />
          </span>
        </span>
      ),
  },
  ...(corrected
    ? [
        {
          head: 'Corrigée',
          cell: (anomaly: Anomaly) =>
            anomaly.correctedAt && (
              <span className="cc-two">
                {formatInstant(anomaly.correctedAt)}
                <span className="fr-hint-text">{correctionSentence(anomaly)}</span>
              </span>
            ),
        },
      ]
    : []),
]

/** The anomalies of one structure: those open with the acts that correct them, those corrected by period. */
export const Anomalies = ({
  organisationId,
  own,
  supplies = false,
  onNamed,
}: {
  organisationId: string
  own: boolean
  supplies?: boolean
  onNamed?: (name: string) => void
}) => {
  const [{ q = '', etat = '', quoi = '', du = '', au = '' }, set] = useAddress()
  const [words, setWords] = useSearchWords(q, set)
  const [exporting, setExporting] = useState(false)
  const [correcting, setCorrecting] = useState<{ anomaly: Anomaly; act: Act } | null>(null)
  const part = etat === 'corrigees' ? 'corrigees' : 'ouvertes'
  const corrected = part === 'corrigees'
  const kind = anomalyKinds.find(one => one === quoi)
  const filter = {
    organisationId,
    state: corrected ? ('corrected' as const) : ('open' as const),
    ...(kind ? { kind } : {}),
    ...(q ? { q } : {}),
    ...(corrected && du ? { from: du } : {}),
    ...(corrected && au ? { to: au } : {}),
  }
  const { query, more } = useList(
    ['rights', 'anomalies', filter],
    (after, signal) => call(listAnomalies, { query: { ...filter, ...(after ? { after } : { total: true }) }, signal }),
    { fresh: true },
  )
  const name = query.data?.organisation.name
  useEffect(() => {
    if (name) onNamed?.(name)
  }, [name, onNamed])
  const narrowed = kind !== undefined || q !== '' || filter.from !== undefined || filter.to !== undefined
  return (
    <>
      <TagChoice
        label="Quelles anomalies"
        options={parts}
        value={part}
        onChange={value => set({ etat: value === 'ouvertes' ? '' : value })}
      />
      <AnomalyFilters corrected={corrected} words={words} onWords={setWords} address={{ quoi, du, au }} set={set} />
      <Loaded
        query={query}
        lines={8}
        empty={({ items }) => items.length === 0 && <NoAnomaly corrected={corrected} narrowed={narrowed} />}
      >
        {({ items, total }) => (
          <Section
            title={corrected ? 'Corrigées, la dernière d’abord' : 'Ouvertes, la plus ancienne d’abord'}
            actions={
              <Button size="small" priority="secondary" icon="fr-icon-download-line" onClick={() => setExporting(true)}>
                Exporter en CSV
              </Button>
            }
          >
            <DataTable
              caption={total === undefined ? 'Anomalies' : formatCount(total, 'anomalie')}
              rows={items}
              keyOf={({ id }) => id}
              {...(more ? { more } : {})}
              columns={columnsOf(own, corrected)}
              {...(!corrected && own
                ? {
                    acts: (anomaly: Anomaly) => (
                      <AnomalyActs anomaly={anomaly} onAct={act => setCorrecting({ anomaly, act })} />
                    ),
                  }
                : {})}
            />
          </Section>
        )}
      </Loaded>
      {query.data && <Supplied key={part} organisationId={organisationId} corrected={corrected} supplies={supplies} />}
      {!own && (
        <Notice>Les actes qui corrigent sont ceux du responsable de gestion de comptes (RGC) de la structure.</Notice>
      )}
      {exporting && (
        <ExportDialog
          title="Exporter ces anomalies"
          make={(purpose, idempotencyKey) => call(exportAnomalies, { body: { ...filter, purpose }, idempotencyKey })}
          onClose={() => setExporting(false)}
        />
      )}
      {correcting && <CorrectDialog {...correcting} onClose={() => setCorrecting(null)} />}
    </>
  )
}
