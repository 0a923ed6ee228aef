import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import {
  addCampaignResult,
  resultLabels,
  results,
  retireCampaignResult,
} from '../../../contract/work-with-employers/exchanges.ts'
import { call } from '../../platform/api.ts'
import { formatInstant } from '../../platform/format.ts'
import { asProblem } from '../../platform/problem.ts'
import { queryClient } from '../../platform/query.ts'
import { announce, Button, Dialog, Form, Loaded, Notice, Section, SelectField, TextField } from '../../ui/index.ts'
import { campaignResultsQuery } from './queries.ts'
import './exchange.css'

const changed = (campaignId: string) =>
  queryClient.invalidateQueries({ queryKey: campaignResultsQuery(campaignId).queryKey })
const baseOptions = results.map(value => ({ value, label: resultLabels[value] }))

/** What the pilot adds to the common results, in this campaign alone: other words, counted as one of them. */
export const CampaignResults = ({ campaignId }: { campaignId: string }) => {
  const query = useQuery(campaignResultsQuery(campaignId))
  const [adding, setAdding] = useState(false)
  const [refused, setRefused] = useState<string | null>(null)
  const retire = async (resultId: string, label: string) => {
    setRefused(null)
    try {
      await call(retireCampaignResult, { params: { campaignId, resultId } })
      announce(`« ${label} » n’est plus proposé.`)
    } catch (error) {
      setRefused(asProblem(error).detail)
    }
    await changed(campaignId)
  }
  const mayAdd = query.data?.allowed.includes('add') ?? false
  return (
    <Section
      title="Résultats propres à la campagne"
      {...(mayAdd
        ? {
            actions: (
              <Button size="small" priority="secondary" onClick={() => setAdding(true)}>
                Ajouter un résultat
              </Button>
            ),
          }
        : {})}
    >
      <p className="fr-text--sm">
        Ils s’ajoutent aux résultats communs dans la saisie d’un échange. Chacun compte, dans l’avancement et les
        indicateurs, comme un résultat commun.
      </p>
      {refused && <Notice tone="error">{refused}</Notice>}
      <Loaded
        query={query}
        lines={2}
        empty={({ items }) =>
          items.length === 0 && (
            <p className="fr-mb-0">Aucun pour l’instant : les conseillers choisissent parmi les résultats communs.</p>
          )
        }
      >
        {({ items }) => (
          <ul className="cc-results">
            {items.map(({ id, label, base, retiredAt, allowed }) => (
              <li key={id}>
                <span>
                  <strong>{label}</strong>, compté comme « {resultLabels[base].toLowerCase()} »
                  {retiredAt && <em> — retiré le {formatInstant(retiredAt)}</em>}
                </span>
                {allowed.includes('retire') && (
                  <Button size="small" priority="tertiary no outline" onClick={() => void retire(id, label)}>
                    Retirer<span className="fr-sr-only"> « {label} »</span>
                  </Button>
                )}
              </li>
            ))}
          </ul>
        )}
      </Loaded>
      {adding && (
        <Dialog title="Ajouter un résultat à la campagne" onClose={() => setAdding(false)}>
          <p>
            Il sera proposé à tous les membres. Il ne se renomme pas : retiré, il n’est plus proposé, et les échanges
            déjà enregistrés le gardent.
          </p>
          <Form
            draft={{ name: 'campaign-result', about: campaignId }}
            submit="Ajouter"
            done="Résultat ajouté."
            onSubmit={async ({ label = '', base }, { idempotencyKey }) => {
              await call(addCampaignResult, {
                params: { campaignId },
                body: { label: label.trim(), base: base as (typeof results)[number] },
                idempotencyKey,
              })
              await changed(campaignId)
              setAdding(false)
            }}
          >
            <TextField
              name="label"
              label="Résultat"
              hint="Par exemple : intéressé par le job dating"
              required
              maxLength={60}
              check={value => (value.trim().length < 2 ? 'Écrivez au moins deux lettres.' : undefined)}
            />
            <SelectField name="base" label="Compté comme" required options={baseOptions} />
          </Form>
        </Dialog>
      )}
    </Section>
  )
}
