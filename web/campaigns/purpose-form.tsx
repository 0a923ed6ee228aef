import { useRef, useState } from 'react'
import type { Static } from 'typebox'
import { type createCampaign, purposes } from '../../contract/campaigns.ts'
import { formatCount, formatDay, formatList, today } from '../platform/format.ts'
import { useMe } from '../platform/session.ts'
import { OrganisationsField } from '../territories/organisation-field.tsx'
import { TerritoryField } from '../territories/territory-field.tsx'
import { type Organisation, territoryChoice } from '../territories/words.ts'
import { type Choice, Columns, DateField, Difference, Form, RadioKeys, TextArea, TextField } from '../ui/index.ts'
import { type Campaign, goalsWords, purposeWords } from './words.ts'

export type CampaignInput = Static<(typeof createCampaign)['body']>

const whole = (least: number, most: number) => (value: string) => (/^\d+$/.test(value) && Number(value) >= least && Number(value) <= most ? undefined : `un nombre entier de ${least} à ${most.toLocaleString('fr-FR')}.`)

/** Step 1, for a new campaign and for a draft. `send` writes it; `version` is the one read. */
export const PurposeForm = ({ campaign, send, reload }: { campaign?: Campaign; send: (body: CampaignInput, attempt: { idempotencyKey: string; version: number | undefined }) => Promise<unknown>; reload?: (current: Campaign) => void }) => {
  const me = useMe()
  const piloted = me.rights.filter(({ tool, profile }) => tool === 'campagnes' && profile === 'pilote').map(({ territory }) => territory)
  const pilot = campaign?.pilot ?? me.organisation
  const [territory, setTerritory] = useState<Choice | null>(() => {
    const likely = campaign?.territory ?? (piloted.length === 1 ? piloted[0] : undefined)
    return likely ? territoryChoice(likely) : null
  })
  const [members, setMembers] = useState<readonly Pick<Organisation, 'id' | 'name'>[]>(() => campaign?.members.filter(({ id }) => id !== pilot.id) ?? [])
  const version = useRef(campaign?.version)
  const sent = useRef<CampaignInput>(undefined)

  const read = (values: Record<string, string>): CampaignInput => ({
    name: values.name!.trim(), purpose: values.purpose as CampaignInput['purpose'], description: values.description?.trim() || null,
    territoryId: Number(values.territoryId), startsOn: values.startsOn!, endsOn: values.endsOn!, memberIds: members.map(({ id }) => id),
    contactDelayDays: Number(values.contactDelayDays), leadIds: campaign?.leads.map(({ id }) => id) ?? [], goals: values.contactGoal ? [{ kind: 'etablissements-contactes', value: Number(values.contactGoal) }] : [],
  })
  return (
    <Form
      submit="Enregistrer et continuer"
      sticky
      done="La campagne est enregistrée en brouillon."
      onSubmit={(values, { idempotencyKey }) => {
        sent.current = read(values)
        return send(sent.current, { idempotencyKey, version: version.current })
      }}
      explain={problem => {
        const current = problem.current as Campaign | undefined
        if (problem.code !== 'request/changed-meanwhile' || !current || !sent.current) return undefined
        const mine = sent.current
        const day = (text: string) => (text ? formatDay(text) : '')
        return (
          <Difference
            rows={[
              { label: 'Nom', mine: mine.name, theirs: current.name },
              { label: 'Objet', mine: purposeWords[mine.purpose].word, theirs: purposeWords[current.purpose].word },
              { label: 'Description', mine: mine.description ?? '', theirs: current.description ?? '' },
              { label: 'Territoire', mine: territory?.label ?? '', theirs: current.territory.name },
              { label: 'Début', mine: day(mine.startsOn), theirs: day(current.startsOn) },
              { label: 'Fin', mine: day(mine.endsOn), theirs: day(current.endsOn) },
              { label: 'Structures membres', mine: names(members), theirs: names(current.members.filter(({ id }) => id !== pilot.id)) },
              { label: 'Délai', mine: formatCount(mine.contactDelayDays ?? 30, 'jour'), theirs: formatCount(current.contactDelayDays, 'jour') },
              { label: 'Objectifs', mine: goalsWords(mine.goals ?? []), theirs: goalsWords(current.goals) },
            ]}
            onKeepMine={() => { version.current = current.version }}
            onTakeTheirs={() => reload?.(current)}
          />
        )
      }}
    >
      <TextField name="name" label="Nom de la campagne" hint="Tel que les membres le liront, par exemple « Apprentissage dans le bâtiment »" required maxLength={120} defaultValue={campaign?.name ?? ''} />
      <RadioKeys name="purpose" label="Objet" required layout="column" defaultValue={campaign?.purpose ?? ''} options={purposes.map(purpose => ({ value: purpose, label: purposeWords[purpose].word, hint: purposeWords[purpose].hint }))} />
      <TextArea name="description" label="Description" hint="Ce que l’on propose aux employeurs, et ce qu’il faut savoir avant de les appeler" maxLength={2000} rows={4} defaultValue={campaign?.description ?? ''} />
      <TerritoryField
        name="territoryId"
        label="Territoire"
        hint={campaign?.counts.targets ? 'Les établissements choisis qui n’y sont plus quitteront la campagne' : 'Un CLPE, un EPCI, un département ou une région de votre périmètre'}
        required
        likely={piloted}
        value={territory}
        onChange={setTerritory}
      />
      <Columns>
        <DateField name="startsOn" label="Début" required defaultValue={campaign?.startsOn ?? ''} />
        <DateField name="endsOn" label="Fin" required min={today()} defaultValue={campaign?.endsOn ?? ''} />
      </Columns>
      <OrganisationsField name="memberIds" label="Structures membres" hint={`En plus de la vôtre : ${pilot.name} pilote la campagne et en est toujours membre`} value={members} onChange={setMembers} without={[pilot.id]} />
      <TextField name="contactDelayDays" label="Délai entre deux sollicitations, en jours" hint="Un établissement que le réseau a contacté depuis moins longtemps vous sera signalé avant l’ouverture" required type="text" inputMode="numeric" width="short" check={whole(0, 365)} defaultValue={String(campaign?.contactDelayDays ?? 30)} />
      <TextField name="contactGoal" label="Objectif : nombre d’établissements à contacter" inputMode="numeric" width="short" check={whole(1, 50_000)} defaultValue={String(campaign?.goals.find(({ kind }) => kind === 'etablissements-contactes')?.value ?? '')} />
    </Form>
  )
}

const names = (members: readonly { name: string }[]) => formatList(members.map(({ name }) => name).sort())
