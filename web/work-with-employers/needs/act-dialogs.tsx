import { useState } from 'react'
import {
  closeNeed,
  giveNeedBack,
  needContracts,
  noteHire,
  reopenNeed,
} from '../../../contract/work-with-employers/needs.ts'
import { call } from '../../platform/api.ts'
import { today } from '../../platform/format.ts'
import { Checkbox, DateField, Dialog, Form, SelectField, TextArea, TextField, toast } from '../../ui/index.ts'
import { type Need, needsChanged } from './queries.ts'
import { contractWords, hiredWords } from './words.ts'

interface Props {
  readonly need: Need
  readonly onClose: () => void
}
const done = async (words: string, onClose: () => void) => {
  await needsChanged()
  onClose()
  toast(words)
}
const Reason = ({ hint }: { hint: string }) => (
  <TextArea name="reason" label="Pourquoi" hint={`${hint} N’y nommez personne.`} required maxLength={300} rows={2} />
)

export const GiveBackDialog = ({ need, onClose }: Props) => (
  <Dialog title="Rendre ce besoin" onClose={onClose}>
    <p>Il redevient ouvert : la personne qui le suit en est prévenue, et peut le proposer à d’autres.</p>
    <Form
      draft={{ name: 'need-return', about: need.id }}
      submit="Rendre le besoin"
      onCancel={onClose}
      onSubmit={async (values, { idempotencyKey }) => {
        const body = { reason: values['reason']!.trim(), unreachable: values['unreachable'] === 'oui' }
        await call(giveNeedBack, { params: { needId: need.id }, body, idempotencyKey })
        await done('Besoin rendu : il est de nouveau ouvert.', onClose)
      }}
    >
      {need.allowed.includes('unreachable') && (
        <SelectField
          name="unreachable"
          label="Ce qui s’est passé"
          placeholder="Nous ne pouvons pas y répondre"
          options={[{ value: 'oui', label: 'L’employeur est injoignable' }]}
        />
      )}
      <Reason hint="La personne qui suit le besoin le lira." />
    </Form>
  </Dialog>
)

export const HireDialog = ({ need, onClose }: Props) => {
  const left = Math.max((need.posts ?? 1) - need.hired, 1)
  const [number, setNumber] = useState(String(left))
  const [meant, setMeant] = useState(false)
  const beyond = need.posts !== null && need.hired + Number(number) > need.posts
  return (
    <Dialog title="Noter des embauches" onClose={onClose}>
      <p>{hiredWords(need)}. Ne nommez pas les personnes embauchées : seul leur nombre est noté.</p>
      <Form
        draft={{ name: 'need-hire', about: need.id, version: need.version }}
        submit="Noter"
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          const { state } = await call(noteHire, {
            params: { needId: need.id },
            body: {
              number: Number(values['number']),
              contract: values['contract'] as (typeof needContracts)[number],
              hiredOn: values['hiredOn']!,
              beyond: beyond && meant,
            },
            idempotencyKey,
          })
          await done(state === 'pourvu' ? 'Embauches notées : le besoin est pourvu.' : 'Embauches notées.', onClose)
        }}
      >
        <TextField
          name="number"
          label="Nombre d’embauches"
          type="number"
          inputMode="numeric"
          width="short"
          min={1}
          max={999}
          required
          value={number}
          onChange={setNumber}
        />
        {beyond && (
          <Checkbox
            name="beyond"
            checked={meant}
            onChange={setMeant}
            label={`Plus que les postes demandés (${need.posts}) : c’est voulu`}
          />
        )}
        <SelectField
          name="contract"
          label="Contrat"
          required
          placeholder="Choisir"
          defaultValue={need.contract ?? ''}
          options={needContracts.map(value => ({ value, label: contractWords[value] }))}
        />
        <DateField name="hiredOn" label="Embauche le" required max={today()} defaultValue={today()} />
      </Form>
    </Dialog>
  )
}

const closings = {
  answer: { title: 'Dire ce besoin répondu', submit: 'Dire répondu', said: 'Besoin répondu.' },
  'fill-otherwise': {
    title: 'Dire ce besoin pourvu autrement',
    submit: 'Dire pourvu autrement',
    said: 'Besoin pourvu autrement.',
  },
  abandon: { title: 'Abandonner ce besoin', submit: 'Abandonner le besoin', said: 'Besoin abandonné.' },
} as const
export const CloseDialog = ({ need, outcome, onClose }: Props & { outcome: keyof typeof closings }) => (
  <Dialog title={closings[outcome].title} onClose={onClose}>
    <p>Il se range parmi les besoins clos ; qui le suit peut le rouvrir, son histoire reste.</p>
    <Form
      draft={{ name: 'need-closing', about: need.id }}
      submit={closings[outcome].submit}
      onCancel={onClose}
      onSubmit={async (values, { idempotencyKey }) => {
        const body = { outcome, reason: values['reason']?.trim() || null }
        await call(closeNeed, { params: { needId: need.id }, body, idempotencyKey })
        await done(closings[outcome].said, onClose)
      }}
    >
      {outcome !== 'answer' && <Reason hint="Lu par qui lit ce besoin." />}
    </Form>
  </Dialog>
)

export const ReopenDialog = ({ need, onClose }: Props) => (
  <Dialog title="Rouvrir ce besoin" onClose={onClose}>
    <Form
      draft={{ name: 'need-reopening', about: need.id }}
      submit="Rouvrir le besoin"
      onCancel={onClose}
      onSubmit={async (values, { idempotencyKey }) => {
        const body = { reason: values['reason']!.trim() }
        await call(reopenNeed, { params: { needId: need.id }, body, idempotencyKey })
        await done('Besoin rouvert.', onClose)
      }}
    >
      <Reason hint="Son histoire et ses embauches restent." />
    </Form>
  </Dialog>
)
