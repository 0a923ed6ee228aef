import { useRef, useState } from 'react'
import { settlePartySiret } from '../../../contract/agreement/conventions.ts'
import { call } from '../../platform/api.ts'
import { formatDay, formatSiret, today } from '../../platform/format.ts'
import { newKey } from '../../platform/new-key.ts'
import type { ApiProblem } from '../../platform/problem.ts'
import { SiretField, siretIn } from '../../territory-and-register/establishments/siret-field.tsx'
import { Checkbox, DateField, Dialog, Difference, Form, TextArea, TextField, tellReader } from '../../ui/index.ts'
import type { Kept } from './other-sirets.tsx'

type Identity = Kept['identity']
type OtherSiret = Identity['sirets'][number]
type Said = Pick<OtherSiret, 'siret' | 'name' | 'fromOn' | 'untilOn' | 'withdrawn'>
const inWords = (one: Partial<Said>): [label: string, words: string][] => [
  ['SIRET', one.siret ? formatSiret(one.siret) : ''],
  ['Nom de l’établissement', one.name ?? ''],
  ['À partir du', one.fromOn ? formatDay(one.fromOn) : ''],
  ['Jusqu’au', one.untilOn ? formatDay(one.untilOn) : ''],
  ['Enregistré par erreur', one.withdrawn ? 'Oui' : 'Non'],
]

/** Sent over the version read: what another recorded since is shown, and nothing typed is lost (412). */
const useReadVersion = (one: OtherSiret | undefined, { onKept }: Kept, onClose: () => void) => {
  const version = useRef(one?.version ?? 0)
  const mine = useRef<Partial<Said>>({})
  const explain = (problem: ApiProblem) => {
    if (problem.code !== 'request/changed-meanwhile' || !problem.current) return undefined
    const current = problem.current as Identity
    const theirs = current.sirets.find(({ id }) => id === one?.id)
    const said = inWords(theirs ?? {})
    return (
      <Difference
        rows={inWords(mine.current).map(([label, words], at) => ({ label, mine: words, theirs: said[at]![1] }))}
        onKeepMine={() => {
          version.current = theirs?.version ?? 0
        }}
        onTakeTheirs={() => {
          void onKept(current)
          onClose()
        }}
      />
    )
  }
  return { version, mine, explain }
}

/** AGR-15: a SIRET beside that of the seat is recorded, corrected, ended, or withdrawn when it never held. */
export const SiretDialog = ({
  siretId,
  onClose,
  ...kept
}: Kept & { siretId: string | undefined; onClose: () => void }) => {
  const { conventionId, identity, onKept } = kept
  const one = identity.sirets.find(({ id }) => id === siretId)
  const [id] = useState(() => siretId ?? newKey())
  const [withdrawn, setWithdrawn] = useState(one?.withdrawn ?? false)
  const { version, mine, explain } = useReadVersion(one, kept, onClose)
  return (
    <Dialog title={one ? `Autre SIRET : ${one.name}` : 'Enregistrer un autre SIRET'} shape="side" onClose={onClose}>
      <p>
        Les agents de cet établissement se connectent par ProConnect sous ce SIRET, les jours où il vaut. Celui du siège
        reste dans l’identité de la structure. Ses RGC et son signataire sont avertis.
      </p>
      <Form
        draft={{ name: 'party-siret', about: `${conventionId}-${siretId ?? ''}` }}
        submit="Enregistrer ce SIRET"
        onCancel={onClose}
        explain={explain}
        onSubmit={async (values, { idempotencyKey }) => {
          const { name, fromOn, untilOn, reason } = values as Record<string, string>
          const said = {
            siret: siretIn(values.siret!),
            name: name!,
            fromOn: fromOn!,
            untilOn: untilOn || null,
            withdrawn,
          }
          mine.current = said
          const { told, ...changed } = await call(settlePartySiret, {
            params: { conventionId, siretId: id },
            ifMatch: version.current,
            idempotencyKey,
            body: { ...said, reason: reason! },
          })
          await onKept(changed)
          tellReader('Ce SIRET est enregistré.', told)
          onClose()
        }}
      >
        <SiretField hint="Un SIRET est à une seule structure à la fois" required current={one?.siret} />
        <TextField
          name="name"
          label="Nom de l’établissement"
          hint="CIAS, maison de l’emploi, autre établissement de l’association"
          required
          maxLength={200}
          {...(one ? { defaultValue: one.name } : {})}
        />
        <DateField name="fromOn" label="À partir du" required defaultValue={one?.fromOn ?? today()} />
        <DateField
          name="untilOn"
          label="Jusqu’au"
          hint="Le dernier jour où il vaut ; vide, il vaut sans fin"
          {...(one?.untilOn ? { defaultValue: one.untilOn } : {})}
        />
        {one && (
          <Checkbox
            label="Ce SIRET n’a jamais été celui de la structure : il est enregistré par erreur"
            draftKey="withdrawn"
            checked={withdrawn}
            onChange={setWithdrawn}
          />
        )}
        <TextArea
          name="reason"
          label="Motif"
          hint="La délibération, la fermeture, ou l’erreur corrigée"
          required
          maxLength={500}
          rows={2}
        />
      </Form>
    </Dialog>
  )
}
