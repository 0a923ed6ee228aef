import { useState } from 'react'
import { anomalyWords } from '../../../contract/people-and-rights/anomalies.ts'
import { decideReviewLines } from '../../../contract/people-and-rights/reviews.ts'
import { type Profile, profiles } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { dayOf, formatCount, formatDay } from '../../platform/format.ts'
import { profileWords, toolWords } from '../../platform/words.ts'
import { Button, Dialog, Form, RadioKeys, SelectField, TextArea } from '../../ui/index.ts'
import { type Decision, decisionWords, type Line } from './words.ts'

const hints: Record<Decision, (line: Line | undefined) => string> = {
  keep: line =>
    line === undefined || line.grant
      ? 'Rien ne change.'
      : 'Le compte reste ouvert ; ses habilitations se décident à part.',
  reduce: () => 'Un profil plus petit remplace celui-ci, aussitôt.',
  suspend: () => 'Le compte se ferme aussitôt, ses sessions aussi ; le RGC peut le rétablir.',
  delete: line =>
    line?.grant === null
      ? 'Le compte et ses habilitations prennent fin aussitôt.'
      : 'L’habilitation prend fin aussitôt.',
}

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
      {only && only.anomalies.length > 0 && (
        <p>
          Constat :{' '}
          {only.anomalies
            .map(
              ({ kind, openedAt }) =>
                `${anomalyWords[kind]}${openedAt ? ` (depuis le ${formatDay(dayOf(openedAt))})` : ''}`,
            )
            .join(', ')}
          .
        </p>
      )}
      <Form
        submit="Décider"
        busyWords="En cours…"
        done="C’est décidé."
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          await call(decideReviewLines, {
            params: { reviewId },
            idempotencyKey,
            timeoutMs: 60_000,
            body: {
              lineIds: lines.map(line => line.id),
              decision: values['decision'] as Decision,
              reason: values['reason']?.trim() || null,
              ...(values['decision'] === 'reduce' ? { toProfile: values['toProfile'] as Profile } : {}),
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
          <SelectField
            name="toProfile"
            label="Nouveau profil"
            required
            options={profiles.slice(0, smallest).map(value => ({ value, label: profileWords[value] }))}
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
