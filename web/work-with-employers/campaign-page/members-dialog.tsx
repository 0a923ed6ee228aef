import { useState } from 'react'
import { addMember, removeMember } from '../../../contract/work-with-employers/campaigns.ts'
import { call } from '../../platform/api.ts'
import { formatCount } from '../../platform/format.ts'
import { OrganisationField } from '../../territory-and-register/territories/organisation-field.tsx'
import { Button, type Choice, Dialog, Form, toast } from '../../ui/index.ts'
import { keepCampaign } from '../campaigns/queries.ts'
import type { Campaign } from '../campaigns/words.ts'
import './campaign-page.css'

type Member = Campaign['members'][number]

/** One more, or one less: said before it is done. */
export const MembersDialog = ({ campaign, onClose }: { campaign: Campaign; onClose: () => void }) => {
  const [leaving, setLeaving] = useState<Member | null>(null)
  const [added, setAdded] = useState<Choice | null>(null)
  if (leaving) return <LeavingDialog campaign={campaign} member={leaving} onClose={() => setLeaving(null)} />
  return (
    <Dialog title="Structures membres" onClose={onClose}>
      <ul className="cc-members">
        {campaign.members.map(member => (
          <li key={member.id}>
            {member.name}
            {member.id === campaign.pilot.id ? (
              <span className="fr-hint-text">pilote la campagne</span>
            ) : (
              <Button size="small" priority="tertiary" onClick={() => setLeaving(member)}>
                Retirer<span className="fr-sr-only"> : {member.name}</span>
              </Button>
            )}
          </li>
        ))}
      </ul>
      <Form
        draft="choices"
        submit="Ajouter la structure"
        busyWords="En cours…"
        done="La structure est ajoutée à la campagne."
        onCancel={onClose}
        onSubmit={async (_values, { idempotencyKey }) => {
          await keepCampaign(
            await call(addMember, {
              params: { campaignId: campaign.id },
              body: { organisationId: added!.value },
              idempotencyKey,
            }),
          )
          onClose()
        }}
      >
        <OrganisationField
          name="organisationId"
          label="Structure à ajouter"
          hint="Ses conseillers habilités sur le territoire verront la campagne aussitôt"
          required
          value={added}
          onChange={setAdded}
        />
      </Form>
    </Dialog>
  )
}

const LeavingDialog = ({ campaign, member, onClose }: { campaign: Campaign; member: Member; onClose: () => void }) => (
  <Dialog title={`Retirer ${member.name} ?`} onClose={onClose}>
    <p>
      Ses conseillers ne verront plus « {campaign.name} ». Les cibles qu’elle tenait redeviennent à prendre par les
      autres membres, et ses responsables ne sont plus nommés. Ses échanges restent dans l’historique. Les chiffres des
      jours où elle était membre restent les mêmes, pour elle comme pour les autres.
    </p>
    <Form
      draft="choices"
      submit="Retirer la structure"
      busyWords="En cours…"
      onCancel={onClose}
      onSubmit={async (_values, { idempotencyKey }) => {
        const { campaign: now, released } = await call(removeMember, {
          params: { campaignId: campaign.id, organisationId: member.id },
          idempotencyKey,
          timeoutMs: 120_000,
        })
        await keepCampaign(now)
        toast(
          `${member.name} n’est plus membre. ${released ? `${formatCount(released, 'cible est', 'cibles sont')} à reprendre.` : 'Elle ne tenait aucune cible.'}`,
        )
        onClose()
      }}
    >
      {null}
    </Form>
  </Dialog>
)
