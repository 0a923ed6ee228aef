import { useState } from 'react'
import { declareRgcEvent } from '../../../contract/people-and-rights/rgc.ts'
import { call } from '../../platform/api.ts'
import { formatDay, today } from '../../platform/format.ts'
import { Checkbox, DateField, Dialog, Form, SelectField, tellReader } from '../../ui/index.ts'
import { PersonSelect } from '../directory/person-select.tsx'
import { UploadField, useUpload } from '../uploads/upload-field.tsx'
import { rgcChanged } from './queries.ts'
import { declareBy, eventWords, type RgcEventLine } from './words.ts'

/** `received`: entered by the operator, as the structure sent it by letter or e-mail; `about`: that structure. */
export const Declare = ({
  people,
  received = false,
  about,
  onClose,
}: {
  people: readonly { id: string; name: string }[]
  received?: boolean
  about?: { id: string; name: string }
  onClose: () => void
}) => {
  const [kind, setKind] = useState<RgcEventLine['kind']>('depart')
  const [known, setKnown] = useState(today())
  const [receivedOn, setReceivedOn] = useState('')
  const [endsAccount, setEndsAccount] = useState(false)
  const absence = kind === 'absence'
  const upload = useUpload()
  return (
    <Dialog
      title={
        received
          ? `Saisir la déclaration reçue ${about ? `de « ${about.name} »` : 'd’une structure'}`
          : 'Déclarer un départ ou une absence au CSSI'
      }
      onClose={onClose}
    >
      <Form
        draft={{ name: received ? 'rgc-event-received' : 'rgc-event', ...(about ? { about: about.id } : {}) }}
        submit={received ? 'Enregistrer' : 'Déclarer'}
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
              ...(kind === 'changement-de-fonction' ? { endsAccount } : {}),
              ...(received
                ? {
                    signedOn: day('signedOn'),
                    receivedOn: day('receivedOn'),
                    file: await upload.needed('la lettre numérisée ou le courriel'),
                  }
                : {}),
            },
          })
          await rgcChanged()
          tellReader(
            received
              ? 'La déclaration est enregistrée, et la structure prévenue.'
              : 'La déclaration est envoyée au CSSI.',
            told,
            nobodyLeft,
          )
          onClose()
        }}
      >
        <PersonSelect name="accountId" label="Personne" required people={people} />
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
        {received && <ReceivedDays receivedOn={receivedOn} onReceived={setReceivedOn} />}
        {absence ? (
          <AbsenceDays />
        ) : (
          <>
            <DateField
              name="lastDay"
              label="Dernier jour dans la fonction"
              hint={`Les droits de gestion${kind === 'depart' ? ', le compte et ses habilitations' : ''} prennent fin ce jour-là à minuit, jamais avant ${received ? 'cet enregistrement' : 'cette déclaration'}`}
              required
            />
            {kind === 'changement-de-fonction' && (
              <Checkbox
                label="Le compte ne sert plus : lui et ses habilitations prennent fin le même jour"
                checked={endsAccount}
                onChange={setEndsAccount}
              />
            )}
            <DateField name="knownOn" label="Connu le" required max={today()} value={known} onChange={setKnown} />
            {known && (
              <p className="fr-hint-text">
                À déclarer au plus tard le {formatDay(declareBy(known))}, huit jours après.{' '}
                {declareBy(known) < (receivedOn || today()) ? 'La déclaration sera marquée en retard.' : ''}
              </p>
            )}
          </>
        )}
        {received && <UploadField label="Lettre ou courriel reçu" upload={upload} />}
      </Form>
    </Dialog>
  )
}

const ReceivedDays = ({ receivedOn, onReceived }: { receivedOn: string; onReceived: (day: string) => void }) => (
  <>
    <DateField name="signedOn" label="Signée ou envoyée le" required max={today()} />
    <DateField
      name="receivedOn"
      label="Reçue le"
      hint="Par lettre ou par courriel : ce jour compte pour les huit jours"
      required
      max={today()}
      value={receivedOn}
      onChange={onReceived}
    />
  </>
)
const AbsenceDays = () => (
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
)
