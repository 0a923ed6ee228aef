import { useMutation, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { anomalyWords } from '../../../contract/people-and-rights/anomalies.ts'
import { decideReviewLines, listReviewLines } from '../../../contract/people-and-rights/reviews.ts'
import { call } from '../../platform/api.ts'
import { dayOf, formatCount, formatDay } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import { useAddress } from '../../platform/navigation.ts'
import { newKey } from '../../platform/new-key.ts'
import { asProblem } from '../../platform/problem.ts'
import { profileWords, territoryInWords, toolWords } from '../../platform/words.ts'
import {
  announce,
  Badge,
  Button,
  ButtonRow,
  type Column,
  DataTable,
  Empty,
  Loaded,
  Notice,
  RelativeDay,
  Section,
  TagChoice,
  TextField,
} from '../../ui/index.ts'
import { PersonLink } from '../directory/person-link.tsx'
import { DecideDialog } from './decide-dialog.tsx'
import { asked, type Part, parts } from './review-parts.ts'
import { attachmentWords, decided, decisionWords, type Line, type Review, waitsForWords } from './words.ts'

/** The lines of a part of the review, and keeping one as it is. */
const useReviewLines = (review: Review, part: Part, q: string) => {
  const queries = useQueryClient()
  const { query, more } = useList(
    ['review', review.id, 'lines', part, q],
    (after, signal) =>
      call(listReviewLines, {
        params: { reviewId: review.id },
        query: {
          limit: 100,
          total: true,
          ...asked[part],
          ...(q.trim() ? { q: q.trim() } : {}),
          ...(after ? { after } : {}),
        },
        signal,
      }),
    { fresh: true },
  )
  const again = () => queries.invalidateQueries({ queryKey: ['review', review.id] })
  const keep = useMutation({
    mutationFn: (line: Line) =>
      call(decideReviewLines, {
        params: { reviewId: review.id },
        body: { lineIds: [line.id], decision: 'keep' },
        idempotencyKey: newKey(),
      }),
    onSuccess: async (_reply, line) => {
      announce(`${line.person.name} : maintenu.`)
      await again()
    },
  })
  return { query, more, keep, again }
}

const LineActs = ({
  line,
  keeping,
  onKeep,
  onDecide,
}: {
  line: Line
  keeping: boolean
  onKeep: () => void
  onDecide: () => void
}) =>
  line.allowed.length > 0 && (
    <ButtonRow>
      {line.decision === null && line.anomalies.length === 0 && (
        <Button size="small" priority="secondary" busy={keeping} onClick={() => onKeep()}>
          Maintenir
          <span className="fr-sr-only">
            {' '}
            {line.person.name}, {accessWords(line)}
          </span>
        </Button>
      )}
      <Button size="small" priority="tertiary" onClick={() => onDecide()}>
        {line.decision ? 'Revoir' : 'Décider'}
        <span className="fr-sr-only">
          {' '}
          : {line.person.name}, {accessWords(line)}
        </span>
      </Button>
    </ButtonRow>
  )

const columns: readonly [Column<Line>, ...Column<Line>[]] = [
  {
    head: 'Personne',
    cell: line => (
      <span className="cc-two">
        <PersonLink person={line.person} />
        <span className="fr-hint-text">
          {line.function}
          {line.attachment !== 'agent' && `, ${attachmentWords[line.attachment]}`}
          {line.contractEndsOn && `, contrat jusqu’au ${formatDay(line.contractEndsOn)}`}
        </span>
      </span>
    ),
  },
  {
    head: 'Accès',
    cell: line => (
      <span className="cc-two">
        {line.grant ? toolWords[line.grant.tool] : 'Compte'}
        {line.grant && (
          <span className="fr-hint-text">
            profil {profileWords[line.grant.profile]},{' '}
            {line.grant.agency?.name ?? (line.grant.territory && territoryInWords(line.grant.territory))}
          </span>
        )}
      </span>
    ),
  },
  { head: 'Dernier usage', cell: line => lastUse(line) },
  {
    head: 'Constat',
    cell: line =>
      line.anomalies.length > 0 ? (
        <ul className="cc-plain-list">
          {line.anomalies.map(({ kind, openedAt }) => (
            <li key={kind}>
              <Badge tone="warning">{anomalyWords[kind]}</Badge>
              {openedAt && <span className="fr-hint-text">depuis le {formatDay(dayOf(openedAt))}</span>}
            </li>
          ))}
        </ul>
      ) : (
        'rien à signaler'
      ),
  },
  {
    head: 'Décision',
    cell: line =>
      line.decision ? (
        <span className="cc-two">
          <Badge tone={decisionWords[line.decision].tone}>{decided(line)!}</Badge>
          <span className="fr-hint-text">
            {line.toProfile && `profil ${profileWords[line.toProfile]}, `}
            {line.toTerritory && `pour ${territoryInWords(line.toTerritory)}, `}
            {line.decidedBy && <PersonLink person={line.decidedBy} />}
            {line.reason && ` : ${line.reason}`}
          </span>
        </span>
      ) : line.waitsFor ? (
        waitsForWords[line.waitsFor]
      ) : (
        'à décider'
      ),
  },
]

export const Lines = ({ review }: { review: Review }) => {
  const [address, setAddress] = useAddress()
  const part = (parts.find(one => one.value === address['etat'])?.value ??
    (review.closedAt ? 'tout' : 'a-decider')) satisfies Part
  const [q, setQ] = useState('')
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set())
  const [deciding, setDeciding] = useState<readonly Line[]>([])
  const { query, more, keep, again } = useReviewLines(review, part, q)
  const items = query.data?.items ?? []
  const chosen = items.filter(line => selected.has(line.id) && line.allowed.length > 0)
  return (
    <Section
      title="Lignes de la revue"
      actions={
        chosen.length > 0 && (
          <Button
            size="small"
            onClick={() => setDeciding(chosen)}
          >{`Décider de ${formatCount(chosen.length, 'ligne')}`}</Button>
        )
      }
    >
      <TextField name="q" label="Personne ou fonction" type="search" width="medium" value={q} onChange={setQ} />
      <TagChoice label="Quelles lignes" options={parts} value={part} onChange={etat => setAddress({ etat })} />
      {keep.isError && <Notice tone="error">{asProblem(keep.error).detail}</Notice>}
      <Loaded
        query={query}
        lines={8}
        empty={({ items: none }) =>
          none.length === 0 && (
            <Empty title={part === 'a-decider' && !q ? 'Tout est décidé' : 'Aucune ligne'}>
              {part === 'a-decider' && !q
                ? 'La revue peut être close et signée.'
                : 'Aucune ligne ne répond à ce choix.'}
            </Empty>
          )
        }
      >
        {({ items: rows, total }) => (
          <DataTable
            caption={`${formatCount(total ?? rows.length, 'ligne')}, les anomalies d’abord`}
            rows={rows}
            keyOf={({ id }) => id}
            {...(more ? { more } : {})}
            {...(rows.some(line => line.allowed.length > 0)
              ? {
                  selection: {
                    selected,
                    onChange: setSelected,
                    nameOf: (line: Line) => `${line.person.name}, ${accessWords(line)}`,
                  },
                }
              : {})}
            columns={columns}
            acts={line => (
              <LineActs
                line={line}
                keeping={keep.isPending && keep.variables.id === line.id}
                onKeep={() => keep.mutate(line)}
                onDecide={() => setDeciding([line])}
              />
            )}
          />
        )}
      </Loaded>
      {deciding.length > 0 && (
        <DecideDialog
          reviewId={review.id}
          lines={deciding}
          onClose={() => setDeciding([])}
          onDecided={() => {
            setDeciding([])
            setSelected(new Set())
            void again()
          }}
        />
      )}
    </Section>
  )
}

const accessWords = ({ grant }: Line) =>
  grant ? `${toolWords[grant.tool]}, profil ${profileWords[grant.profile]}` : 'compte'
const lastUse = ({ grant, lastActAt }: Line) => {
  const day = grant ? grant.lastUsedOn : lastActAt
  return day ? <RelativeDay date={day} /> : 'jamais'
}
