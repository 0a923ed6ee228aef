import { useState } from 'react'
import { AmendmentInput, closeAmendment, proposeAmendment } from '../../../contract/agreement/conventions.ts'
import type { Route } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { addDays, today } from '../../platform/format.ts'
import { Checkbox, type Choice, DateField, Dialog, Form, TextArea, TextField } from '../../ui/index.ts'
import { ChosenTerritories } from './chosen-territories.tsx'
import { type ConventionDialog, day } from './dialog-part.ts'
import { composeDocument, keepChanged } from './queries.ts'
import type { Convention, Party } from './words.ts'

const composeAmendment = {
  ...composeDocument,
  path: '/conventions/:conventionId/amendment-document',
  summary: 'Composer un avenant',
  body: AmendmentInput,
} as const satisfies Route

const namedIn = (values: Record<string, string>, party: Party) => ({
  name: values[`${party}.name`]!,
  capacity: values[`${party}.capacity`]!,
  act: values[`${party}.act`]!,
  actOn: values[`${party}.actOn`]!,
})

/** AGR-6: composed of what is typed, then proposed as it was composed. */
export const AmendmentDialog = ({ convention, onClose }: ConventionDialog) => {
  const [moves, setMoves] = useState(false)
  const [ends, setEnds] = useState(false)
  const [adds, setAdds] = useState(false)
  const [added, setAdded] = useState<readonly Choice[]>([])
  return (
    <Dialog title="Proposer un avenant" onClose={onClose}>
      <p>
        Il porte le n° {Math.max(0, ...convention.amendments.map(one => one.number)) + 1} et prend effet à la seconde
        des deux signatures. Son document est composé, et le signataire du partenaire en est prévenu par courriel.
      </p>
      <Form
        submit="Proposer l’avenant"
        busyWords="Le document se compose…"
        draft={{
          name: 'amendment',
          about: convention.id,
          version: convention.version,
          more: { territories: JSON.stringify(added) },
          onMore: ({ territories }) => setAdded(JSON.parse(territories || '[]')),
        }}
        onCancel={onClose}
        // Composed anew at each attempt: it never goes again by itself.
        onSubmit={async ({ title, body, termOn, ...values }) => {
          const params = { conventionId: convention.id }
          const asked = {
            title: title!,
            body: body!,
            termOn: moves ? day(termOn) : null,
            renews: !(moves && ends),
            territories: adds ? added.map(t => Number(t.value)) : [],
            signatories: { partenaire: namedIn(values, 'partenaire'), operateur: namedIn(values, 'operateur') },
          }
          const { id } = await call(composeAmendment, { params, body: asked, timeoutMs: 60_000 })
          await keepChanged(
            'L’avenant est proposé.',
            await call(proposeAmendment, { params, body: { ...asked, documentId: id } }),
          )
          onClose()
        }}
      >
        <TextField name="title" label="Objet" required maxLength={200} />
        <TextArea
          name="body"
          label="Texte"
          hint="Comme dans le modèle : « ## » devant un titre, « - » ou « 1. » devant un élément de liste, « | » entre les cases d’un tableau."
          required
          rows={6}
          maxLength={20_000}
        />
        <Checkbox
          label="Il change le terme de la période en cours"
          draftKey="moves"
          checked={moves}
          onChange={setMoves}
        />
        {moves && (
          <>
            <DateField name="termOn" label="Nouveau terme" required min={addDays(today(), 1)} />
            <Checkbox
              label="La convention prend fin ce jour-là, sans reconduction"
              draftKey="ends"
              checked={ends}
              onChange={setEnds}
            />
          </>
        )}
        <Checkbox
          label="Il ajoute des territoires à ceux du partenaire"
          draftKey="adds"
          checked={adds}
          onChange={setAdds}
        />
        {adds && (
          <>
            <p>Le document les nomme. Le partenaire les a à la seconde des deux signatures.</p>
            <ChosenTerritories region={convention.region} chosen={added} onChange={setAdded} />
          </>
        )}
        <NamedFields party="partenaire" convention={convention} />
        <NamedFields party="operateur" convention={convention} />
      </Form>
    </Dialog>
  )
}

/** Who signs it: the one that the convention names, unless another does since. An error names its field from afar. */
const NamedFields = ({ party, convention }: { party: Party; convention: Convention }) => {
  const of = convention.signatories.find(signatory => signatory.party === party)
  const ofParty = party === 'partenaire' ? 'du partenaire' : 'de l’opérateur'
  return (
    <>
      <TextField
        name={`${party}.name`}
        label={`Signataire ${ofParty}`}
        hint="Prénom et nom de qui signe cet avenant"
        required
        maxLength={200}
        {...(of ? { defaultValue: of.name } : {})}
      />
      <TextField
        name={`${party}.capacity`}
        label={`Qualité du signataire ${ofParty}`}
        required
        maxLength={200}
        {...(of ? { defaultValue: of.capacity } : {})}
      />
      <TextField
        name={`${party}.act`}
        label={`Acte qui habilite le signataire ${ofParty}`}
        hint="Délibération, délégation, statuts : sa nature et son numéro."
        required
        maxLength={300}
        {...(of?.act ? { defaultValue: of.act } : {})}
      />
      <DateField
        name={`${party}.actOn`}
        label={`Date de l’acte ${ofParty}`}
        required
        {...(of?.actOn ? { defaultValue: of.actOn } : {})}
      />
    </>
  )
}

/** AGR-6: refused by the partner, or taken back by the operator. */
export const CloseAmendmentDialog = ({
  convention,
  onClose,
  amendmentId,
}: ConventionDialog & { amendmentId: string }) => {
  const { number } = convention.amendments.find(one => one.id === amendmentId)!
  const act = convention.actsFor === 'partenaire' ? 'Refuser' : 'Retirer'
  return (
    <Dialog title={`${act} l’avenant n° ${number}`} onClose={onClose}>
      <p>Il ne se signera plus, et garde son numéro et son texte. L’autre partie est prévenue aussitôt.</p>
      <Form
        draft={{ name: 'amendment-closing', about: amendmentId }}
        submit={act}
        onCancel={onClose}
        onSubmit={async ({ reason }, { idempotencyKey }) => {
          await keepChanged(
            'L’avenant est sans suite.',
            await call(closeAmendment, {
              params: { conventionId: convention.id, amendmentId },
              idempotencyKey,
              body: { reason: reason! },
            }),
          )
          onClose()
        }}
      >
        <TextArea name="reason" label="Motif" hint="L’autre partie le lit." required maxLength={500} />
      </Form>
    </Dialog>
  )
}
