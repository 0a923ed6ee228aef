import { useState } from 'react'
import { anomalyWords } from '../../../contract/people-and-rights/anomalies.ts'
import { departures } from '../../../contract/people-and-rights/people.ts'
import { decideReviewLines } from '../../../contract/people-and-rights/reviews.ts'
import { type Profile, profiles } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { dayOf, formatCount, formatDay } from '../../platform/format.ts'
import { profileWords, toolWords } from '../../platform/words.ts'
import { TerritoryField } from '../../territory-and-register/territories/territory-field.tsx'
import { Button, type Choice, Dialog, Form, RadioKeys, SelectField, TextArea } from '../../ui/index.ts'
import { departureWords } from '../people/words.ts'
import { type Decision, decisionWords, type Line } from './words.ts'

const hints: Record<Decision, (line: Line | undefined) => string> = {
  keep: line =>
    line === undefined || line.grant
      ? 'Rien ne change.'
      : 'Le compte reste ouvert ; ses habilitations se décident à part.',
  reduce: () => 'Un profil ou un périmètre plus petit remplace celui-ci, aussitôt.',
  suspend: line =>
    line === undefined || line.grant
      ? 'L’habilitation cesse aussitôt ; le RGC peut la rétablir telle qu’elle était.'
      : 'Le compte se ferme aussitôt, ses sessions aussi ; le RGC peut le rétablir.',
  delete: line =>
    line?.grant === null
      ? 'Le compte et ses habilitations prennent fin aussitôt.'
      : 'L’habilitation prend fin aussitôt.',
}

/**
 * A smaller profile, a smaller perimeter, or both. `below`: the rank of the profile that several have at least. `only`:
 * the line, when it is alone. `missing`: neither was chosen.
 */
const ReduceFields = ({
  below,
  only,
  missing,
  territory,
  onTerritory,
}: {
  below: number
  only: Line | undefined
  missing: boolean
  territory: Choice | null
  onTerritory: (choice: Choice | null) => void
}) => (
  <>
    {below > 0 && (
      <SelectField
        name="toProfile"
        label="Nouveau profil"
        hint="Vide, s’il reste le même"
        options={profiles.slice(0, below).map(value => ({ value, label: profileWords[value] }))}
      />
    )}
    <TerritoryField
      name="toTerritoryId"
      label="Nouveau périmètre"
      hint="Un territoire plus petit, dans celui d’aujourd’hui ; vide, s’il reste le même"
      own
      {...(only?.grant?.territory ? { within: only.grant.territory.id } : {})}
      {...(missing ? { error: 'Choisissez un profil plus petit, un périmètre plus petit, ou les deux.' } : {})}
      value={territory}
      onChange={onTerritory}
    />
  </>
)

const Found = ({ anomalies }: Pick<Line, 'anomalies'>) =>
  anomalies.length > 0 && (
    <p>
      Constat :{' '}
      {anomalies
        .map(
          ({ kind, openedAt }) =>
            `${anomalyWords[kind]}${openedAt ? ` (depuis le ${formatDay(dayOf(openedAt))})` : ''}`,
        )
        .join(', ')}
      .
    </p>
  )

/** One decision for one line or several that can have the same. */
export const DecideDialog = ({
  reviewId,
  lines,
  onClose,
  onDecided,
}: {
  reviewId: string
  lines: readonly Line[]
  onClose: () => void
  onDecided: () => void
}) => {
  const possible = (Object.keys(decisionWords) as Decision[]).filter(decision =>
    lines.every(line => line.allowed.includes(decision)),
  )
  const [decision, setDecision] = useState<Decision | undefined>(possible.length === 1 ? possible[0] : undefined)
  const [territory, setTerritory] = useState<Choice | null>(null)
  const [missing, setMissing] = useState(false)
  const only = lines.length === 1 ? lines[0] : undefined
  const smallest = Math.min(...lines.map(line => (line.grant ? profiles.indexOf(line.grant.profile) : 0)))
  const reasonNeeded = decision !== undefined && (decision !== 'keep' || lines.some(line => line.anomalies.length > 0))
  const subject = only
    ? `${only.person.name}, ${only.grant ? `${toolWords[only.grant.tool]}, profil ${profileWords[only.grant.profile]}` : 'son compte'}`
    : formatCount(lines.length, 'ligne')
  if (possible.length === 0)
    return (
      <Dialog title="Décider" onClose={onClose}>
        <p>Ces lignes n’ont aucune décision en commun : décidez-en séparément.</p>
        <Button priority="tertiary" onClick={onClose}>
          Fermer
        </Button>
      </Dialog>
    )
  return (
    <Dialog title={`Décider : ${subject}`} onClose={onClose}>
      {only && <Found anomalies={only.anomalies} />}
      <Form
        submit="Décider"
        busyWords="En cours…"
        done="C’est décidé."
        draft={{ name: 'review-decision', about: lines.length > 1 ? `${lines[0]!.id}-${lines.length}` : lines[0]!.id }}
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          const nothing = values['decision'] === 'reduce' && !values['toProfile'] && !territory
          setMissing(nothing)
          if (nothing) return false
          await call(decideReviewLines, {
            params: { reviewId },
            idempotencyKey,
            timeoutMs: 60_000,
            body: {
              lineIds: lines.map(line => line.id),
              decision: values['decision'] as Decision,
              reason: values['reason']?.trim() || null,
              ...(values['toProfile'] ? { toProfile: values['toProfile'] as Profile } : {}),
              ...(values['decision'] === 'reduce' && territory ? { toTerritoryId: Number(territory.value) } : {}),
              ...(values['cause'] ? { cause: values['cause'] as keyof typeof departureWords } : {}),
            },
          })
          onDecided()
        }}
      >
        <RadioKeys
          name="decision"
          label="Décision"
          required
          layout="column"
          value={decision ?? ''}
          onChange={value => setDecision(value as Decision)}
          options={possible.map(value => ({ value, label: decisionWords[value].act, hint: hints[value](only) }))}
        />
        {decision === 'reduce' && (
          <ReduceFields
            below={smallest}
            only={only}
            missing={missing}
            territory={territory}
            onTerritory={setTerritory}
          />
        )}
        {decision === 'delete' && lines.some(line => !line.grant) && (
          <SelectField
            name="cause"
            label="Cause de la suppression du compte"
            required
            options={departures.map(value => ({ value, label: departureWords[value] }))}
          />
        )}
        {decision && (
          <TextArea
            name="reason"
            label="Motif"
            rows={2}
            maxLength={300}
            {...(reasonNeeded ? { required: true } : {})}
            hint={
              reasonNeeded
                ? 'Il est gardé dans le rapport, et dit à la personne si son accès change.'
                : 'Gardé dans le rapport.'
            }
          />
        )}
      </Form>
    </Dialog>
  )
}
