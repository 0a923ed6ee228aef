import { useState } from 'react'
import { draftConvention, editConvention } from '../../../contract/agreement/conventions.ts'
import { call } from '../../platform/api.ts'
import { today } from '../../platform/format.ts'
import { useGo } from '../../platform/navigation.ts'
import { OrganisationField } from '../../territory-and-register/territories/organisation-field.tsx'
import { Button, type Choice, DateField, Form, Section, TextField } from '../../ui/index.ts'
import { AuthorityFields, authorityOf } from './authority-dialog.tsx'
import { RegisterPartnerDialog } from './partner-dialogs.tsx'
import { keepConvention } from './queries.ts'
import type { Convention, Party } from './words.ts'

export const DraftForm = ({ convention, region }: { convention?: Convention; region?: number }) => {
  const go = useGo()
  const [partner, setPartner] = useState<Choice | null>(null)
  const [registering, setRegistering] = useState(false)
  const signatoryOf = (values: Record<string, string>, party: Party) => ({
    name: values[`${party}.name`]!,
    capacity: values[`${party}.capacity`]!,
    ...authorityOf(values, party),
  })
  return (
    <>
      {registering && (
        <RegisterPartnerDialog
          onClose={() => setRegistering(false)}
          onRegistered={registered => {
            setPartner(registered)
            setRegistering(false)
          }}
        />
      )}
      <Form
        submit={convention ? 'Enregistrer le projet' : 'Créer le projet'}
        done="Le projet est enregistré."
        draft={{ name: 'convention', about: convention?.id, version: convention?.version }}
        onCancel={() => go(convention ? `/conventions/${convention.id}` : '/conventions')}
        onSubmit={async (values, { idempotencyKey }) => {
          const body = {
            number: values['number']!,
            firstTermOn: values['firstTermOn']!,
            signatories: { partenaire: signatoryOf(values, 'partenaire'), operateur: signatoryOf(values, 'operateur') },
          }
          const saved = convention
            ? await call(editConvention, {
                params: { conventionId: convention.id },
                idempotencyKey,
                ifMatch: convention.version,
                body,
              })
            : await call(draftConvention, {
                idempotencyKey,
                body: { ...body, organisationId: partner!.value, regionId: region! },
              })
          await keepConvention(saved)
          go(`/conventions/${saved.id}`)
        }}
      >
        {!convention && (
          <>
            <OrganisationField
              name="organisationId"
              label="Partenaire"
              required
              value={partner}
              onChange={setPartner}
            />
            <p className="fr-mb-2w">
              <Button priority="tertiary" size="small" onClick={() => setRegistering(true)}>
                Le partenaire n’y est pas : l’enregistrer
              </Button>
            </p>
          </>
        )}
        <TextField
          name="number"
          label="Numéro de la convention"
          required
          maxLength={40}
          width="medium"
          {...(convention ? { defaultValue: convention.number } : {})}
        />
        <DateField
          name="firstTermOn"
          label="Dernier jour de la première période"
          hint="À 24 heures. Elle est ensuite reconduite par périodes de trois mois."
          required
          defaultValue={convention?.firstTermOn ?? `${today().slice(0, 4)}-12-31`}
        />
        <SignatoryFields party="partenaire" convention={convention} />
        <SignatoryFields party="operateur" convention={convention} />
      </Form>
    </>
  )
}

/** An error names its field from afar, so that each says whose it is. */
const SignatoryFields = ({ party, convention }: { party: Party; convention: Convention | undefined }) => {
  const of = convention?.signatories.find(signatory => signatory.party === party)
  const ofParty = party === 'partenaire' ? 'du partenaire' : 'de l’opérateur'
  return (
    <Section title={party === 'partenaire' ? 'Pour le partenaire' : 'Pour l’opérateur'}>
      <TextField
        name={`${party}.name`}
        label={`Signataire ${ofParty}`}
        hint="Prénom et nom"
        required
        maxLength={200}
        {...(of ? { defaultValue: of.name } : {})}
      />
      <TextField
        name={`${party}.capacity`}
        label={`Qualité du signataire ${ofParty}`}
        hint="Par exemple : président, directrice"
        required
        maxLength={200}
        {...(of ? { defaultValue: of.capacity } : {})}
      />
      <AuthorityFields party={party} of={of} />
    </Section>
  )
}
