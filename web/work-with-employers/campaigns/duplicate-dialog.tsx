import { useState } from 'react'
import { duplicateCampaign } from '../../../contract/work-with-employers/campaigns.ts'
import { call } from '../../platform/api.ts'
import { addDays, daysBetween, formatCount, today } from '../../platform/format.ts'
import { useGo } from '../../platform/navigation.ts'
import { Checkbox, Columns, DateField, Dialog, Form, TextField } from '../../ui/index.ts'
import { periodRule } from './draft.ts'
import { keepCampaign } from './queries.ts'
import type { Campaign } from './words.ts'

/** A new draft on the model of a campaign, as long as it was, from next week on. */
export const DuplicateDialog = ({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) => {
  const go = useGo()
  const [withTargets, setWithTargets] = useState(false)
  const startsOn = addDays(today(), 7)
  const [start, setStart] = useState(startsOn)
  const endsOn = addDays(startsOn, daysBetween(campaign.startsOn, campaign.endsOn))
  return (
    <Dialog title="Dupliquer la campagne" onClose={onClose}>
      <p>
        Un brouillon est préparé avec le même objet, le même territoire, les mêmes structures, responsables, objectifs
        et résultats propres. « {campaign.name} » ne change pas.
      </p>
      <Form
        draft={{ name: 'campaign-copy', about: campaign.id }}
        submit="Dupliquer"
        busyWords="En cours…"
        done="La campagne est dupliquée en brouillon."
        onCancel={onClose}
        onSubmit={async (values, { idempotencyKey }) => {
          const copy = await call(duplicateCampaign, {
            params: { campaignId: campaign.id },
            body: { name: values.name!.trim(), startsOn: values.startsOn!, endsOn: values.endsOn!, withTargets },
            idempotencyKey,
            timeoutMs: 120_000,
          })
          await keepCampaign(copy)
          go(`/campagnes/${copy.id}/preparer/objet`)
        }}
      >
        <TextField
          name="name"
          label="Nom de la nouvelle campagne"
          required
          maxLength={120}
          defaultValue={`${campaign.name} (copie)`.slice(0, 120)}
        />
        <Columns>
          <DateField name="startsOn" label="Début" required value={start} onChange={setStart} />
          <DateField
            name="endsOn"
            label="Fin"
            required
            min={today()}
            defaultValue={endsOn}
            check={end => (start ? periodRule(start, end) : undefined)}
          />
        </Columns>
        {campaign.counts.targets > 0 && (
          <Checkbox
            label={`Reprendre aussi ${campaign.counts.targets > 1 ? `ses ${formatCount(campaign.counts.targets, 'établissement')}` : 'son établissement'}`}
            hint="Sans ceux mis de côté, ni ceux qui ont fermé depuis"
            checked={withTargets}
            onChange={setWithTargets}
          />
        )}
      </Form>
    </Dialog>
  )
}
