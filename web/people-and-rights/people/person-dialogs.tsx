import { useState } from 'react'
import { ofName } from '../../../contract/names-in-french.ts'
import {
  cancelDeparture,
  departures,
  editPerson,
  enterDeparture,
  liftInactivity,
  recordDeparture,
  resumePerson,
  suspendPerson,
  undoDeparture,
} from '../../../contract/people-and-rights/people.ts'
import { call } from '../../platform/api.ts'
import { formatDay, today } from '../../platform/format.ts'
import { DateField, Dialog, Form, Notice, RadioKeys, tellReader } from '../../ui/index.ts'
import { rightsChanged } from '../accounts/queries.ts'
import { Reason } from '../accounts/reason-field.tsx'
import { fullName, type Person } from '../accounts/words.ts'
import { identityOf, PersonFields } from './person-fields.tsx'
import { departureWords } from './words.ts'

interface Props {
  readonly person: Person
  readonly onClose: () => void
}

export const EditDialog = ({ person, onClose }: Props) => (
  <Dialog title={`Corriger ${fullName(person)}`} shape="side" onClose={onClose}>
    <Form
      draft={{ name: 'person-edit', about: person.id, version: person.version }}
      submit="Enregistrer"
      done="C’est enregistré."
      onCancel={onClose}
      onSubmit={async (values, { idempotencyKey }) => {
        await call(editPerson, {
          params: { accountId: person.id },
          body: identityOf(values),
          ifMatch: person.version,
          idempotencyKey,
        })
        await rightsChanged()
        onClose()
      }}
    >
      <PersonFields person={person} />
    </Form>
  </Dialog>
)
const acts = {
  suspend: {
    route: suspendPerson,
    title: 'Suspendre le compte',
    text: 'Ses sessions sont closes et ses habilitations n’ouvrent rien jusqu’à ce que vous le rétablissiez.',
    submit: 'Suspendre',
    done: 'Le compte est suspendu.',
  },
  resume: {
    route: resumePerson,
    title: 'Rétablir le compte',
    text: 'Ses habilitations reprennent, si rien d’autre ne leur manque.',
    submit: 'Rétablir',
    done: 'Le compte est rétabli.',
  },
  lift: {
    route: liftInactivity,
    title: 'Lever la suspension pour inactivité',
    text: 'Ses habilitations reprennent ; deux mois d’inactivité se comptent de nouveau à partir d’aujourd’hui.',
    submit: 'Lever la suspension',
    done: 'La suspension est levée.',
  },
  'cancel-departure': {
    route: cancelDeparture,
    title: 'Annuler le départ à venir',
    text: 'Son compte et ses habilitations continuent, comme avant que le départ soit saisi.',
    submit: 'Annuler le départ',
    done: 'Le départ est annulé.',
  },
  'undo-departure': {
    route: undoDeparture,
    title: 'Annuler le départ',
    text: 'Son compte est rouvert. Vous rétablissez ensuite ses habilitations une à une ; la personne enregistre de nouveau son second facteur.',
    submit: 'Annuler le départ',
    done: 'Le départ est annulé.',
  },
} as const
export const ReasonDialog = ({ act, person, onClose }: Props & { act: keyof typeof acts }) => {
  const { route, title, text, submit, done } = acts[act]
  return (
    <Dialog title={title} onClose={onClose}>
      <p>
        {fullName(person)} : {text.charAt(0).toLowerCase()}
        {text.slice(1)}
      </p>
      <Form
        draft={{ name: 'person-act', about: `${person.id}-${act}` }}
        submit={submit}
        done={done}
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          await call(route, { params: { accountId: person.id }, body: { reason: values.reason! }, idempotencyKey })
          await rightsChanged()
          onClose()
        }}
      >
        <Reason hint="La personne le lira" />
      </Form>
    </Dialog>
  )
}
export const DepartDialog = ({ person, onClose }: Props) => {
  const [cause, setCause] = useState('departure')
  const [when, setWhen] = useState('now')
  const ahead = when === 'ahead' && cause !== 'breach'
  return (
    <Dialog title="Supprimer le compte" onClose={onClose}>
      <p>
        Le compte et les habilitations {ofName(fullName(person))} prennent fin{' '}
        {ahead ? 'avec son dernier jour, à minuit ; le départ s’annule d’ici là' : 'aussitôt'}. Ses actes passés
        restent, sous un pseudonyme ; un courriel lui rappelle que la confidentialité n’a pas de fin.
      </p>
      <Form
        draft={{ name: 'departure', about: person.id }}
        submit={ahead ? 'Saisir le départ' : 'Supprimer le compte'}
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          if (ahead) {
            await call(enterDeparture, {
              params: { accountId: person.id },
              body: { cause: cause as 'departure', lastDay: values.lastDay!, reason: values.reason! },
              idempotencyKey,
            })
            tellReader(`Le départ est saisi : le compte prend fin après le ${formatDay(values.lastDay!)}.`)
            await rightsChanged()
            onClose()
            return
          }
          const { pseudonym, told } = await call(recordDeparture, {
            params: { accountId: person.id },
            body: { cause: cause as 'departure', reason: values.reason! },
            idempotencyKey,
          })
          tellReader(`Le compte est supprimé ; ses actes paraissent sous « ${pseudonym} ».`, told)
          await rightsChanged()
          onClose()
        }}
      >
        <RadioKeys
          name="cause"
          label="Raison"
          required
          layout="column"
          value={cause}
          onChange={setCause}
          options={departures.map(value => ({ value, label: departureWords[value] }))}
        />
        {cause === 'breach' && (
          <Notice tone="warning">
            Les autres RGC et le correspondant sécurité de l’opérateur (CSSI) en sont prévenus.
          </Notice>
        )}
        {cause !== 'breach' && (
          <RadioKeys
            name="when"
            label="Quand"
            required
            value={when}
            onChange={setWhen}
            options={[
              { value: 'now', label: 'Aussitôt' },
              { value: 'ahead', label: 'À son dernier jour' },
            ]}
          />
        )}
        {ahead && <DateField name="lastDay" label="Dernier jour" required min={today()} />}
        <Reason hint={ahead ? 'La personne le lira' : 'Gardé dans le journal'} />
      </Form>
    </Dialog>
  )
}
