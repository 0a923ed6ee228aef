import { useRef, useState } from 'react'
import { declareAgency, editAgency } from '../../../contract/people-and-rights/organisations.ts'
import { call } from '../../platform/api.ts'
import { ListDifference } from '../../territory-and-register/territories/list-difference.tsx'
import { TerritoryField } from '../../territory-and-register/territories/territory-field.tsx'
import { territoryChoice } from '../../territory-and-register/territories/words.ts'
import { Button, type Choice, Dialog, Form, TextField, tellReader } from '../../ui/index.ts'
import { rightsChanged } from '../accounts/queries.ts'
import type { Agency } from './structure-parts.ts'

export const AgencyDialog = ({ agency, onClose }: { agency: Agency | null; onClose: () => void }) => {
  const [territories, setTerritories] = useState<readonly Choice[]>(agency?.territories.map(territoryChoice) ?? [])
  const version = useRef(agency?.version)
  const name = useRef('')
  return (
    <Dialog title={agency ? `Modifier ${agency.name}` : 'Déclarer une agence'} onClose={onClose}>
      <Form
        draft={{
          name: 'agency',
          about: agency?.id,
          more: { territoires: JSON.stringify(territories) },
          onMore: ({ territoires }) => setTerritories(JSON.parse(territoires || '[]')),
        }}
        submit="Enregistrer"
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          name.current = values.name!
          const body = { name: values.name!, territories: territories.map(territory => Number(territory.value)) }
          const { told } = agency
            ? await call(editAgency, {
                params: { agencyId: agency.id },
                ifMatch: version.current!,
                body,
                idempotencyKey,
              })
            : await call(declareAgency, { body, idempotencyKey })
          await rightsChanged()
          tellReader('C’est enregistré.', told)
          onClose()
        }}
        explain={problem => {
          if (problem.code !== 'request/changed-meanwhile' || !problem.current) return undefined
          const current = problem.current as Agency
          return (
            <ListDifference
              read={agency!.territories}
              mine={territories.map(({ label }) => label)}
              theirs={current.territories}
              others={[{ label: 'Nom', mine: name.current, theirs: current.name }]}
              onKeepMine={() => {
                version.current = current.version
              }}
              onTakeTheirs={() => {
                void rightsChanged()
                onClose()
              }}
            />
          )
        }}
      >
        <TextField name="name" label="Nom" required maxLength={200} defaultValue={agency?.name ?? ''} />
        <TerritoryField
          name="add"
          label="Territoires qu’elle sert"
          hint="Choisissez-les un par un, parmi ceux de votre structure"
          own
          required={territories.length === 0}
          value={null}
          onChange={choice =>
            choice &&
            !territories.some(territory => territory.value === choice.value) &&
            setTerritories([...territories, choice])
          }
        />
        {territories.length > 0 && (
          <ul>
            {territories.map(territory => (
              <li key={territory.value}>
                {territory.label}{' '}
                <Button
                  size="small"
                  priority="tertiary"
                  onClick={() => setTerritories(territories.filter(one => one.value !== territory.value))}
                >
                  Retirer<span className="fr-sr-only"> {territory.label}</span>
                </Button>
              </li>
            ))}
          </ul>
        )}
      </Form>
    </Dialog>
  )
}
