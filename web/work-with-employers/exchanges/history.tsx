import { useQuery } from '@tanstack/react-query'
import { useRef, useState } from 'react'
import { resultLabels } from '../../../contract/work-with-employers/exchanges.ts'
import { addDays, formatCount, formatDay, formatInstant, today } from '../../platform/format.ts'
import { useList } from '../../platform/list.ts'
import { useAddress } from '../../platform/navigation.ts'
import { useMe } from '../../platform/session.ts'
import { useShortcut } from '../../platform/shortcuts.ts'
import { Badge, Button, ButtonRow, Empty, Link, Loaded, Section, SelectField } from '../../ui/index.ts'
import { CancelExchange, CorrectExchange } from './correct-exchange.tsx'
import { readHistory, versionsQuery } from './queries.ts'
import { type Content, channelWords, type Exchange, leftOutWords, plannedWords, resultWords } from './words.ts'
import './exchange.css'

const periods = [
  { value: '90', label: 'Les 3 derniers mois' },
  { value: '365', label: 'Les 12 derniers mois' },
]

/** All that the network's advisors recorded with this employer, newest first. */
export const History = ({ siret }: { siret: string }) => {
  const { organisation } = useMe()
  const [{ structure, periode }, write] = useAddress()
  const filter = {
    siret,
    ...(structure ? { organisation: structure } : {}),
    ...(periode ? { from: addDays(today(), -Number(periode)) } : {}),
  }
  const { query, more } = useList(['exchanges', 'list', filter], readHistory(filter))
  const seen = useRef(new Map([[organisation.id, organisation.name]]))
  for (const exchange of query.data?.items ?? []) seen.current.set(exchange.organisation.id, exchange.organisation.name)
  const filtered = !!structure || !!periode
  return (
    <Section title="Historique du réseau" id="historique">
      <div className="cc-history__filters">
        <SelectField
          name="structure"
          label="Structure"
          placeholder="Toutes les structures"
          value={structure ?? ''}
          onChange={value => write({ structure: value })}
          options={[...seen.current].map(([value, label]) => ({
            value,
            label: value === organisation.id ? `${label} (la mienne)` : label,
          }))}
        />
        <SelectField
          name="periode"
          label="Période"
          placeholder="Depuis toujours"
          value={periode ?? ''}
          onChange={value => write({ periode: value })}
          options={periods}
        />
      </div>
      <Loaded
        query={query}
        lines={4}
        empty={({ items }) =>
          items.length === 0 &&
          (filtered ? (
            <Empty
              title="Aucun échange ne répond à ces filtres"
              action={
                <Button priority="secondary" onClick={() => write({ structure: undefined, periode: undefined })}>
                  Tout afficher
                </Button>
              }
            />
          ) : (
            <Empty title="Aucun échange pour l’instant">
              Chaque échange enregistré par une structure du réseau apparaîtra ici, avec son résultat et la suite
              prévue.
            </Empty>
          ))
        }
      >
        {({ items, total }) => (
          <>
            <p className="fr-text--sm">
              {formatCount(total ?? items.length, 'échange')}.
              {items.some(({ allowed, content }) => content && !allowed.length) &&
                ' Un échange se corrige ou s’annule par la personne qui l’a saisi ou les responsables de sa structure.'}
            </p>
            <ol className="cc-history">
              {items.map(exchange => (
                <Entry key={exchange.id} exchange={exchange} />
              ))}
            </ol>
            {more && (
              <Button priority="secondary" busy={more.busy} onClick={more.onMore}>
                {more.busy ? 'Chargement…' : 'Afficher la suite'}
              </Button>
            )}
          </>
        )}
      </Loaded>
    </Section>
  )
}

const Entry = ({ exchange }: { exchange: Exchange }) => {
  const { occurredOn, organisation, author, content, status } = exchange
  return (
    <li className={status === 'cancelled' ? 'cc-entry cc-entry--cancelled' : 'cc-entry'}>
      <h3 className="cc-entry__head">
        {content ? (
          <Link href={`/echanges/${exchange.id}`}>{formatDay(occurredOn)}</Link>
        ) : (
          <strong>{formatDay(occurredOn)}</strong>
        )}
        <span className="cc-entry__by">
          {organisation.name}
          {author && `, ${author.name}`}
        </span>
        {content && <ResultBadge content={content} />}
        {status === 'cancelled' && <Badge tone="warning">annulé</Badge>}
      </h3>
      <ExchangeBody exchange={exchange} />
      <ExchangeActs exchange={exchange} small />
    </li>
  )
}

export const ResultBadge = ({ content }: { content: Content }) => {
  const { word, tone } = resultWords(content)
  return <Badge tone={tone}>{word}</Badge>
}

const uncapitalised = (words: string) => words.charAt(0).toLowerCase() + words.slice(1)

/** What was said, as far as one may read it. */
export const ExchangeBody = ({
  exchange: {
    content,
    nextAction,
    campaign,
    leftOut,
    answers,
    visibility,
    status,
    cancelReason,
    organisation,
    correctedAt,
  },
}: {
  exchange: Exchange
}) => {
  if (!content)
    return (
      <p>
        <em>Un contact a eu lieu. {organisation.name} en garde le contenu pour ses agents.</em>
      </p>
    )
  return (
    <>
      {status === 'cancelled' && <p>Annulé : {cancelReason}</p>}
      {content.need && (
        <p className="cc-entry__need">
          <strong>Besoin : {content.need}</strong>
        </p>
      )}
      {content.notes && <p className="cc-entry__notes">{content.notes}</p>}
      {answers && <p>Répond à ce qui était prévu : {uncapitalised(plannedWords(answers))}.</p>}
      {leftOut && <p>{leftOutWords(leftOut)}</p>}
      {nextAction && (
        <p>
          Prévu : {plannedWords(nextAction)}, par {nextAction.owner.name}
          {nextAction.doneAt && ' (fait)'}
          {nextAction.late && !nextAction.doneAt && (
            <>
              {' '}
              <Badge tone="error">en retard</Badge>
            </>
          )}
        </p>
      )}
      <p className="cc-entry__meta">
        <span>{channelWords[content.channel]}</span>
        {content.resultLabel && <span>Compté comme : {resultLabels[content.result].toLowerCase()}</span>}
        {content.personMet && <span>Rencontré : {content.personMet}</span>}
        {campaign && (
          <span>
            Campagne : <Link href={`/campagnes/${campaign.id}`}>{campaign.name ?? 'sans nom'}</Link>
          </span>
        )}
        {visibility === 'organisation' && <span>Réservé à {organisation.name}</span>}
        {correctedAt && <span>Corrigé le {formatInstant(correctedAt)}</span>}
      </p>
    </>
  )
}

/** Only what the reply allows. On its own page, `e` corrects. */
export const ExchangeActs = ({ exchange, small = false }: { exchange: Exchange; small?: boolean }) => {
  const [doing, setDoing] = useState<'correct' | 'cancel' | null>(null)
  const root = useRef<HTMLDivElement>(null)
  const mayCorrect = exchange.allowed.includes('correct')
  useShortcut(
    'edit',
    () => {
      if (small && !root.current?.closest('li')?.contains(document.activeElement)) return false
      setDoing('correct')
    },
    { enabled: mayCorrect },
  )
  const close = () => setDoing(null)
  const size = small ? 'small' : 'medium'
  const which = <span className="fr-sr-only"> l’échange du {formatDay(exchange.occurredOn)}</span>
  if (!exchange.allowed.length) return null
  return (
    <div ref={root}>
      <ButtonRow>
        {mayCorrect && (
          <Button
            size={size}
            priority={small ? 'tertiary' : 'secondary'}
            icon="fr-icon-edit-line"
            {...(small ? {} : { shortcut: 'e' })}
            onClick={() => setDoing('correct')}
          >
            Corriger{which}
          </Button>
        )}
        {exchange.allowed.includes('cancel') && (
          <Button size={size} priority="tertiary no outline" onClick={() => setDoing('cancel')}>
            Annuler{which}
          </Button>
        )}
      </ButtonRow>
      {doing === 'correct' && <CorrectExchange exchange={exchange} onClose={close} />}
      {doing === 'cancel' && <CancelExchange exchange={exchange} onClose={close} />}
    </div>
  )
}

const changeWords = { recorded: 'enregistré', corrected: 'corrigé', cancelled: 'annulé' } as const

/** Every wording it had, the newest first. */
export const Versions = ({ exchangeId }: { exchangeId: string }) => {
  const query = useQuery(versionsQuery(exchangeId))
  return (
    <Section title="Versions successives">
      <Loaded query={query} lines={3}>
        {({ items }) => (
          <ol className="cc-history" reversed>
            {items.map(({ version, at, by, change, content, occurredOn, visibility }) => (
              <li key={version} className="cc-entry">
                <h3 className="cc-entry__head">
                  <strong>{formatInstant(at)}</strong>{' '}
                  <span className="cc-entry__by">
                    {changeWords[change]} par {by.name}
                  </span>
                </h3>
                {content.need && <p>Besoin : {content.need}</p>}
                {content.notes && <p className="cc-entry__notes">{content.notes}</p>}
                <p className="cc-entry__meta">
                  <span>{channelWords[content.channel]}</span>
                  <span>{resultWords(content).word}</span>
                  <span>Échange du {formatDay(occurredOn)}</span>
                  {content.personMet && <span>Rencontré : {content.personMet}</span>}
                  <span>{visibility === 'reseau' ? 'Visible par le réseau' : 'Réservé à la structure'}</span>
                </p>
              </li>
            ))}
          </ol>
        )}
      </Loaded>
    </Section>
  )
}
