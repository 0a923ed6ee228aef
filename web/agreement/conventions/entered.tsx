import { formatDay, formatInstant } from '../../platform/format.ts'
import { Badge, Button, ButtonRow } from '../../ui/index.ts'
import type { Asked } from './convention-part.ts'
import { type Convention, type LetterKind, ofParty, otherParty, type Party, partyWords } from './words.ts'

/** What a letter and a signature have in common: who entered it, what its party answers, what may be done. */
interface Entered {
  readonly id: string
  readonly party: Party
  readonly enteredByOther: boolean
  readonly answer: Convention['notices'][number]['answer']
  readonly allowed: Convention['notices'][number]['allowed']
  readonly correctableUntil: string | null
}
const dayWords = {
  sentOn: 'envoi',
  receivedOn: 'réception',
  presentedOn: 'présentation',
  deliveredOn: 'remise',
  signedOn: 'signature',
} as const
const names = Object.keys(dayWords) as (keyof typeof dayWords)[]
const dayOrNone = (value: string | null | undefined) => (value ? formatDay(value) : 'sans date')

/** Who entered it in its party's name, what that party answers, and the dates that were corrected since. */
export const EnteredWords = ({ convention, one }: { convention: Convention; one: Entered }) => {
  const corrections = convention.corrections.filter(correction => correction.subjectId === one.id)
  const waits = one.party === 'operateur' && 'signedAt' in one && one.answer === null
  return (
    <>
      {one.enteredByOther && (
        <p className="fr-mb-1v">
          Enregistré par {partyWords(otherParty(one.party), convention)}, au nom {ofParty(one.party, convention)}.
          {one.answer === null && waits && ' La signature compte quand l’opérateur la confirme.'}
          {one.answer?.answer === 'confirm' && ` Confirmé le ${formatInstant(one.answer.at)}.`}
        </p>
      )}
      {one.answer?.answer === 'contest' && (
        <p className="fr-mb-1v">
          <Badge tone="warning">Contesté</Badge> le {formatInstant(one.answer.at)} : « {one.answer.reason} » Sans effet.
        </p>
      )}
      {corrections.map(({ id, party, before, after, reason, correctedAt, correctedBy }) => (
        <p key={id} className="fr-mb-1v fr-text--sm">
          Corrigé le {formatInstant(correctedAt)} par {correctedBy && `${correctedBy.name}, pour `}
          {partyWords(party, convention)} :{' '}
          {names
            .filter(name => name in before)
            .map(name => `${dayWords[name]}, ${dayOrNone(before[name])} devient ${dayOrNone(after[name])}`)
            .join(' ; ')}
          . « {reason} »
        </p>
      ))}
      {one.correctableUntil && !one.allowed.includes('correct') && (
        <p className="fr-mb-1v fr-text--sm">
          Une date mal saisie se corrige jusqu’au {formatInstant(one.correctableUntil)}, par une autre personne de votre
          partie que celle qui l’a donnée.
        </p>
      )}
    </>
  )
}

const labels = { correct: 'Corriger une date', contest: 'Contester', confirm: 'Confirmer' } as const
export const EnteredActs = ({
  one,
  kind,
  onAsk,
}: {
  one: Entered
  kind: LetterKind
  onAsk: (asked: Asked) => void
}) => {
  const acts = (['contest', 'confirm', 'correct'] as const).filter(act => one.allowed.includes(act))
  return acts.map(act => (
    <Button key={act} size="small" priority="tertiary" onClick={() => onAsk({ act, kind, id: one.id })}>
      {labels[act]}
    </Button>
  ))
}
/** The same where nothing else is offered. */
export const EnteredActsAlone = (props: Parameters<typeof EnteredActs>[0]) =>
  props.one.allowed.some(act => act in labels) && (
    <ButtonRow>
      <EnteredActs {...props} />
    </ButtonRow>
  )
