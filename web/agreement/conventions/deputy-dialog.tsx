import { useRef, useState } from 'react'
import { settleDeputy } from '../../../contract/agreement/conventions.ts'
import { ofName } from '../../../contract/names-in-french.ts'
import { call } from '../../platform/api.ts'
import { formatDay, today } from '../../platform/format.ts'
import { newKey } from '../../platform/new-key.ts'
import type { ApiProblem } from '../../platform/problem.ts'
import { DateField, Dialog, Difference, Form, TextArea, TextField } from '../../ui/index.ts'
import { ActOfPowerFields, actOfPower, onPaper, PersonFields } from './act-of-power.tsx'
import type { ConventionDialog } from './dialog-part.ts'
import { keepChanged, keepConvention } from './queries.ts'
import { type Convention, signerChoices } from './words.ts'

type Deputy = Convention['deputies'][number]
type Said = Omit<Deputy, 'id' | 'party' | 'version' | 'holds' | 'recordedBy' | 'recordedAt' | 'former'>
const dayWords = (day: string | null | undefined) => (day ? formatDay(day) : '')
const inWords = (one: Partial<Said>): [label: string, words: string][] => [
  ['Suppléant', one.name ?? ''],
  ['Qualité', one.capacity ?? ''],
  ['Acte', one.act ? `${one.act}, ${dayWords(one.actOn)}, ${one.grantedBy ?? ''}` : ''],
  ['Reçu en préfecture le', dayWords(one.prefectureOn)],
  ['Publié le', dayWords(one.publishedOn)],
  ['Signe à partir du', dayWords(one.fromOn)],
  ['Jusqu’au', dayWords(one.untilOn)],
]

/** Sent over the version read: what another recorded since is shown, and nothing typed is lost (412). */
const useReadVersion = (deputy: Deputy | undefined, onClose: () => void) => {
  const version = useRef(deputy?.version ?? 0)
  const mine = useRef<Partial<Said>>({})
  const explain = (problem: ApiProblem) => {
    if (problem.code !== 'request/changed-meanwhile' || !problem.current) return undefined
    const current = problem.current as Convention
    const theirs = current.deputies.find(one => one.id === deputy?.id)
    const said = inWords(theirs ?? {})
    return (
      <Difference
        rows={inWords(mine.current).map(([label, words], at) => ({ label, mine: words, theirs: said[at]![1] }))}
        onKeepMine={() => {
          version.current = theirs?.version ?? 0
        }}
        onTakeTheirs={() => {
          void keepConvention(current)
          onClose()
        }}
      />
    )
  }
  return { version, mine, explain }
}

/** AGR-15: a deputy of one's own party is recorded, corrected, or their delegation ended. */
export const DeputyDialog = ({
  convention,
  onClose,
  deputyId,
  ends,
}: ConventionDialog & { deputyId?: string; ends: boolean }) => {
  const deputy = convention.deputies.find(one => one.id === deputyId)
  const [id] = useState(() => deputyId ?? newKey())
  const { version, mine, explain } = useReadVersion(deputy, onClose)
  const party = convention.actsFor!
  return (
    <Dialog
      title={
        deputy
          ? `${ends ? 'Mettre fin à la délégation' : 'Corriger la délégation'} ${ofName(deputy.name)}`
          : 'Enregistrer un suppléant de signature'
      }
      onClose={onClose}
    >
      <p>
        {party === 'partenaire'
          ? 'Un suppléant signe à la place de votre signataire, pour toutes les conventions de la structure. '
          : 'Un suppléant signe à la place de votre signataire, pour toutes les conventions de la région. '}
        Ce qui est déjà signé ne change pas, et l’historique reste sur cette page.
      </p>
      <Form
        draft={{ name: ends ? 'deputy-end' : 'deputy', about: `${convention.id}-${deputyId ?? ''}` }}
        submit={ends ? 'Mettre fin à la délégation' : 'Enregistrer la délégation'}
        onCancel={onClose}
        explain={explain}
        onSubmit={async (values, { idempotencyKey }) => {
          const { reason, ...said } = ends && deputy ? { ...deputy, reason: values.reason! } : typed(convention, values)
          const { name, accountId, capacity, act, actOn, grantedBy } = said
          const { localAuthority, prefectureOn, publishedOn, fromOn } = said
          const untilOn = values.untilOn || null
          mine.current = { ...said, untilOn }
          await keepChanged(
            ends ? 'La fin de la délégation est enregistrée.' : 'La délégation est enregistrée.',
            await call(settleDeputy, {
              params: { conventionId: convention.id, deputyId: id },
              ifMatch: version.current,
              idempotencyKey,
              body: {
                ...{ accountId, name, capacity, act, actOn, grantedBy },
                ...{ localAuthority, prefectureOn, publishedOn, fromOn, untilOn, reason },
              },
            }),
          )
          onClose()
        }}
      >
        {!ends && <DelegationFields convention={convention} deputy={deputy} />}
        <DateField
          name="untilOn"
          label={ends ? 'Dernier jour de la délégation' : 'Signe jusqu’au'}
          required={ends}
          {...(ends ? { defaultValue: today() } : deputy?.untilOn ? { defaultValue: deputy.untilOn } : {})}
        />
        <TextArea
          name="reason"
          label="Motif"
          hint="L’arrêté, le départ, ou l’erreur corrigée"
          required
          maxLength={300}
          rows={2}
        />
      </Form>
    </Dialog>
  )
}

const typed = (convention: Convention, values: Record<string, string>) => {
  const accountId = values.who === onPaper ? null : values.who!
  const account = convention.ownSigners.find(one => one.accountId === accountId)
  const former = convention.deputies.find(one => one.accountId === accountId)
  return {
    accountId,
    name: accountId === null ? values.name! : (account?.name ?? former?.name ?? ''),
    capacity: values.capacity!,
    ...actOfPower(values, convention.actsFor!),
    fromOn: values.fromOn!,
    reason: values.reason!,
  }
}

const DelegationFields = ({ convention, deputy }: { convention: Convention; deputy: Deputy | undefined }) => {
  const [who, setWho] = useState(deputy ? (deputy.accountId ?? onPaper) : '')
  const kept = (value: string | undefined) => (value === undefined ? {} : { defaultValue: value })
  const own = signerChoices(convention)
  // One who signs no more stays who they were, in a correction.
  const leaver =
    deputy?.accountId && !own.some(one => one.value === deputy.accountId)
      ? [{ value: deputy.accountId, label: deputy.name }]
      : []
  return (
    <>
      <PersonFields
        label="Qui est suppléant"
        who={who}
        onChange={setWho}
        options={[...own, ...leaver]}
        name={deputy?.accountId === null ? deputy.name : undefined}
      />
      <TextField name="capacity" label="Sa qualité" required maxLength={200} {...kept(deputy?.capacity)} />
      <ActOfPowerFields party={convention.actsFor!} of={deputy} />
      <DateField name="fromOn" label="Signe à partir du" required {...kept(deputy?.fromOn)} />
    </>
  )
}
