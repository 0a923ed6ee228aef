import { useMutation } from '@tanstack/react-query'
import { useContext, useState } from 'react'
import type { Static } from 'typebox'
import type { sizes } from '../../../contract/territory-and-register/establishments.ts'
import {
  addTargets,
  type previewTargets,
  type targetOutcomes,
} from '../../../contract/work-with-employers/campaigns.ts'
import { call } from '../../platform/api.ts'
import { formatCount } from '../../platform/format.ts'
import { newKey } from '../../platform/new-key.ts'
import { announce } from '../../ui/index.ts'
import { DecidedContext } from './decided-fields.tsx'
import { keepCampaign } from './queries.ts'
import type { Campaign } from './words.ts'

export type Selection = Static<(typeof addTargets)['body']>
export type Outcomes = Static<(typeof addTargets)['reply']>['outcomes']
export type Outcome = (typeof targetOutcomes)[number]
export const countsOf = ({ counts }: Outcomes): Partial<Record<Outcome, number>> => counts
export type Preview = Static<(typeof previewTargets)['reply']>

// Fifty thousand at once take longer than a page's usual patience.
export const patience = 120_000

/** Adds, then says what became of it. One intention keeps its key until it succeeds. */
export const useAdd = (campaign: Campaign, onAdded?: () => void) => {
  const [key, setKey] = useState(newKey)
  const decided = useContext(DecidedContext)
  return useMutation({
    mutationFn: (body: Selection) =>
      call(addTargets, {
        params: { campaignId: campaign.id },
        body: { ...body, ...(decided ? { decided } : {}) },
        idempotencyKey: key,
        timeoutMs: patience,
      }),
    onSuccess: ({ outcomes, campaign: now }) => {
      setKey(newKey())
      announce(`${formatCount(countsOf(outcomes).added ?? 0, 'établissement ajouté', 'établissements ajoutés')}.`)
      onAdded?.()
      return keepCampaign(now)
    },
    onError: () => setKey(newKey()),
  })
}

export const sizeWords: Record<(typeof sizes)[number], string> = {
  '0-9': 'Moins de 10 salariés, ou effectif inconnu',
  '10-49': '10 à 49',
  '50-99': '50 à 99',
  '100-199': '100 à 199',
  '200+': '200 et plus',
}

export const outcomeWords: Record<Outcome, { one: string; many: string; help?: string }> = {
  added: { one: 'à ajouter', many: 'à ajouter' },
  'already-there': { one: 'déjà dans la campagne', many: 'déjà dans la campagne', help: ', ou répété dans la liste' },
  'outside-territory': { one: 'hors du territoire', many: 'hors du territoire', help: ' de la campagne' },
  unknown: { one: 'absent du registre', many: 'absents du registre', help: ', ou non diffusé' },
  closed: { one: 'fermé', many: 'fermés', help: ' selon le registre SIRENE' },
  objects: {
    one: 'opposé à la diffusion',
    many: 'opposés à la diffusion',
    help: ' de leurs données au registre SIRENE : une personne qui s’y oppose n’est pas démarchée',
  },
  'do-not-contact': {
    one: 'à ne pas contacter',
    many: 'à ne pas contacter',
    help: ' : la fiche dit pourquoi, et jusqu’à quand',
  },
  'not-a-siret': {
    one: 'n’est pas un SIRET',
    many: 'ne sont pas des SIRET',
    help: ' : il en faut les quatorze chiffres',
  },
}
