import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { changeGrant, grantAccess } from '../../../contract/people-and-rights/grants.ts'
import { type Profile, profiles, type Tool } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { formatList } from '../../platform/format.ts'
import { profileWords, toolWords } from '../../platform/words.ts'
import { TerritoryField } from '../../territory-and-register/territories/territory-field.tsx'
import { type TerritoryRef, territoryChoice, territoryName } from '../../territory-and-register/territories/words.ts'
import {
  type Choice,
  DateField,
  Dialog,
  Form,
  Notice,
  RadioKeys,
  SelectField,
  TextArea,
  tellReader,
} from '../../ui/index.ts'
import { rightsChanged } from '../accounts/queries.ts'
import { type Grant, type Person, profileOptions, purposeOptions, toolOptions } from '../accounts/words.ts'
import { perimetersQuery } from './queries.ts'

/** What the structure may open, in words. */
const ownTerritoriesHint = (territories: readonly TerritoryRef[] | undefined) =>
  !territories
    ? ''
    : territories.length === 0
      ? 'Votre structure n’a encore aucun territoire : la direction régionale de l’opérateur les règle'
      : `Dans les territoires de votre structure : ${formatList(territories.map(territoryName))}`
/** A territory, or an agency where the structure has declared some. */
export const PerimeterFields = ({ of }: { of?: Pick<Grant, 'territory' | 'agency'> | undefined }) => {
  const { data } = useQuery(perimetersQuery)
  const agencies = data?.agencies ?? []
  const [kind, setKind] = useState(of?.agency ? 'agency' : 'territory')
  const [territory, setTerritory] = useState<Choice | null>(of?.territory ? territoryChoice(of.territory) : null)
  return (
    <>
      {agencies.length > 0 && (
        <RadioKeys
          name="perimeterKind"
          label="Périmètre"
          required
          value={kind}
          onChange={setKind}
          options={[
            { value: 'territory', label: 'Un territoire' },
            { value: 'agency', label: 'Une agence' },
          ]}
        />
      )}
      {kind === 'agency' && agencies.length > 0 ? (
        <SelectField
          name="agencyId"
          label="Agence"
          required
          defaultValue={of?.agency?.id ?? ''}
          options={agencies.map(({ id, name }) => ({ value: id, label: name }))}
        />
      ) : (
        <TerritoryField
          name="territoryId"
          label="Territoire"
          hint={ownTerritoriesHint(data?.territories)}
          own
          required
          value={territory}
          onChange={setTerritory}
        />
      )}
    </>
  )
}
export const perimeterOf = (values: Record<string, string>) =>
  values.agencyId ? { agencyId: values.agencyId } : { territoryId: Number(values.territoryId) }

/** What any grant says: where, why, until when. Only a new one says from when. */
const CommonFields = ({ grant, manager }: { grant: Grant | undefined; manager: boolean }) => (
  <>
    <PerimeterFields of={grant} />
    <SelectField
      name="purpose"
      label="Finalité"
      required
      defaultValue={grant?.purpose ?? ''}
      options={purposeOptions}
    />
    <TextArea
      name="reason"
      label="Motif"
      hint="Ce pour quoi cette personne en a besoin"
      required
      maxLength={300}
      rows={2}
      defaultValue={grant?.reason ?? ''}
    />
    {manager && (
      <TextArea
        name="duties"
        label="Missions"
        hint="La qualité de RGC n’ouvre aucun outil : dites les missions qui le demandent"
        required
        maxLength={300}
        rows={2}
        defaultValue={grant?.duties ?? ''}
      />
    )}
    {!grant && <DateField name="startsOn" label="À partir du" hint="Sans date, aujourd’hui" />}
    <DateField
      name="endsOn"
      label="Jusqu’au"
      hint="Sans date, tant que rien n’y met fin"
      defaultValue={grant?.endsOn ?? ''}
    />
  </>
)

/**
 * Gives a grant, or changes one. The smallest profile that the function needs is proposed; what exceeds it may be
 * chosen, and is said.
 */
export const GrantDialog = ({ person, grant, onClose }: { person: Person; grant?: Grant; onClose: () => void }) => {
  const [tool, setTool] = useState<string>(grant?.tool ?? '')
  const proposed = person.proposed.find(p => p.tool === tool)?.profile
  const [chosen, setChosen] = useState<string>(grant?.profile ?? '')
  const profile = chosen || proposed || (tool ? 'consultation' : '')
  const beyond =
    tool !== '' && (proposed === undefined || profiles.indexOf(profile as Profile) > profiles.indexOf(proposed))
  const manager = person.roles.includes('rgc')
  return (
    <Dialog
      title={grant ? `Changer l’habilitation à ${toolWords[grant.tool]}` : 'Habiliter'}
      shape="side"
      onClose={onClose}
    >
      <Form
        draft={{ name: 'grant', about: grant?.id ?? person.id }}
        submit={grant ? 'Changer' : 'Habiliter'}
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          const common = {
            profile: profile as Profile,
            perimeter: perimeterOf(values),
            purpose: values.purpose as 'suivi',
            reason: values.reason!,
            endsOn: values.endsOn || null,
            duties: values.duties?.trim() || null,
          }
          const { told } = grant
            ? await call(changeGrant, { params: { grantId: grant.id }, body: common, idempotencyKey })
            : await call(grantAccess, {
                params: { accountId: person.id },
                body: { ...common, tool: tool as Tool, startsOn: values.startsOn || null },
                idempotencyKey,
              })
          await rightsChanged()
          tellReader(grant ? 'L’habilitation est changée.' : 'L’habilitation est donnée.', told)
          onClose()
        }}
      >
        {!grant && (
          <SelectField
            name="tool"
            label="Outil"
            required
            value={tool}
            onChange={value => {
              setTool(value)
              setChosen('')
            }}
            options={toolOptions}
          />
        )}
        {tool && (
          <SelectField
            name="profile"
            label="Profil"
            hint={
              proposed
                ? `Le plus petit que demande la fonction : ${profileWords[proposed]}`
                : 'La fonction ne demande pas cet outil d’ordinaire'
            }
            required
            value={profile}
            onChange={setChosen}
            options={profileOptions(tool)}
          />
        )}
        {beyond && (
          <Notice tone="warning">
            Cette habilitation va au-delà de ce que la fonction demande d’ordinaire. Elle sera signalée aux autres RGC
            et au correspondant sécurité de l’opérateur (CSSI).
          </Notice>
        )}
        <CommonFields grant={grant} manager={manager} />
      </Form>
    </Dialog>
  )
}
