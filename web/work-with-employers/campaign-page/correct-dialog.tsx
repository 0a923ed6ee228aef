import { useState } from 'react'
import { correctCampaign } from '../../../contract/work-with-employers/campaigns.ts'
import { call } from '../../platform/api.ts'
import { Dialog, Form, TextArea } from '../../ui/index.ts'
import { draftOf, goalsOf } from '../campaigns/draft.ts'
import { GoalsField } from '../campaigns/goals-field.tsx'
import { LeadsField } from '../campaigns/leads-field.tsx'
import { keepCampaign } from '../campaigns/queries.ts'
import type { Campaign } from '../campaigns/words.ts'
import { changedMeanwhile } from './changed-meanwhile.tsx'

export const CorrectDialog = ({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) => {
  const [draft, setDraft] = useState(() => draftOf(campaign))
  return (
    <Dialog title="Corriger la campagne" shape="side" onClose={onClose}>
      <Form
        draft={{ name: 'campaign-correction', about: campaign.id, version: campaign.version }}
        submit="Enregistrer"
        done="La campagne est corrigée."
        onCancel={onClose}
        explain={changedMeanwhile}
        onSubmit={async (_values, { idempotencyKey }) => {
          await keepCampaign(
            await call(correctCampaign, {
              params: { campaignId: campaign.id },
              body: {
                description: draft.description.trim() || null,
                goals: goalsOf(draft),
                leadIds: draft.leads.map(({ id }) => id),
              },
              ifMatch: campaign.version,
              idempotencyKey,
            }),
          )
          onClose()
        }}
      >
        <TextArea
          name="description"
          label="Description"
          hint="Ce que l’on propose aux employeurs, et ce qu’il faut savoir avant de les appeler"
          maxLength={2000}
          rows={5}
          value={draft.description}
          onChange={description => setDraft({ ...draft, description })}
        />
        <GoalsField value={draft.goals} onChange={goals => setDraft({ ...draft, goals })} />
        <LeadsField
          campaign={campaign}
          organisations={campaign.members}
          value={draft.leads}
          onChange={leads => setDraft({ ...draft, leads })}
        />
      </Form>
    </Dialog>
  )
}
