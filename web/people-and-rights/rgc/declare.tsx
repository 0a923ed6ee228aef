import { useState } from 'react'
import { declareRgcEvent } from '../../../contract/people-and-rights/rgc.ts'
import { call } from '../../platform/api.ts'
import { formatDay, today } from '../../platform/format.ts'
import { DateField, Dialog, Form, SelectField, tellReader } from '../../ui/index.ts'
import { rgcChanged } from './queries.ts'
import { declareBy, eventWords, type Overview, type RgcEventLine } from './words.ts'

export const Declare = ({ people, onClose }: { people: Overview['inPlace']; onClose: () => void }) => {
  const [kind, setKind] = useState<RgcEventLine['kind']>('depart')
  const [known, setKnown] = useState(today())
  const absence = kind === 'absence'
  return (
    <Dialog title="Déclarer un départ ou une absence au CSSI" onClose={onClose}>
      <Form
        submit="Déclarer"
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          const day = (name: string) => values[name] || null
          const { told, nobodyLeft } = await call(declareRgcEvent, {
            idempotencyKey,
            body: {
              accountId: values.accountId!,
              kind,
              ...(absence
                ? { absentFrom: day('absentFrom'), backOn: day('backOn'), foreseenOn: day('foreseenOn') }
                : { lastDay: day('lastDay'), knownOn: day('knownOn') }),
            },
          })
          await rgcChanged()
          tellReader('La déclaration est envoyée au CSSI.', told, nobodyLeft)
          onClose()
        }}
      >
        <SelectField
          name="accountId"
          label="Personne"
          required
          options={people.map(({ id, name }) => ({ value: id, label: name }))}
        />
        <SelectField
          name="kind"
          label="Événement"
          required
          value={kind}
          onChange={value => setKind(value as RgcEventLine['kind'])}
          options={(Object.keys(eventWords) as RgcEventLine['kind'][]).map(value => ({
            value,
            label: eventWords[value],
          }))}
        />
        {absence ? (
          <>
            <DateField name="absentFrom" label="Premier jour d’absence" required />
            <DateField name="backOn" label="Retour prévu" hint="Laissez vide s’il n’est pas connu" />
            <DateField
              name="foreseenOn"
              label="Absence prévue depuis le"
              hint="Laissez vide si elle n’était pas prévue : les huit jours courent alors de la fin des deux mois"
              max={today()}
            />
          </>
        ) : (
          <>
            <DateField
              name="lastDay"
              label="Dernier jour dans la fonction"
              hint="Les droits de gestion prennent fin ce jour-là à minuit, jamais avant cette déclaration"
              required
            />
            <DateField name="knownOn" label="Connu le" required max={today()} value={known} onChange={setKnown} />
            {known && (
              <p className="fr-hint-text">
                À déclarer au plus tard le {formatDay(declareBy(known))}, huit jours après.{' '}
                {declareBy(known) < today() ? 'La déclaration sera marquée en retard.' : ''}
              </p>
            )}
          </>
        )}
      </Form>
    </Dialog>
  )
}
