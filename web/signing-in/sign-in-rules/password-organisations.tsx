import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { decidePassword, listPasswordOrganisations } from '../../../contract/signing-in/sign-in-rules.ts'
import { call } from '../../platform/api.ts'
import { formatCount, formatInstant } from '../../platform/format.ts'
import { toast } from '../../platform/toast.ts'
import { OrganisationField } from '../../territory-and-register/territories/organisation-field.tsx'
import { Button, type Choice, DataTable, Dialog, Empty, Form, Loaded, Section, TextArea } from '../../ui/index.ts'
import type { Decision } from './directive-words.tsx'

interface Deciding {
  /** Null: chosen in the dialog. */
  readonly organisation: Decision['organisation'] | null
  readonly allowed: boolean
}

export const Passwords = () => {
  const decisions = useQuery({
    queryKey: ['password-organisations'],
    queryFn: ({ signal }) => call(listPasswordOrganisations, { signal }),
  })
  const [deciding, setDeciding] = useState<Deciding>()
  const current = (items: readonly Decision[], decision: Decision) =>
    items.find(({ organisation }) => organisation.id === decision.organisation.id) === decision
  return (
    <Section
      title="Connexion par mot de passe"
      actions={
        <Button size="small" priority="secondary" onClick={() => setDeciding({ organisation: null, allowed: true })}>
          L’ouvrir à une structure
        </Button>
      }
    >
      <p>
        Fermée à toutes, sauf à celles qui n’ont pas de fournisseur d’identité ProConnect et à qui vous l’ouvrez. Un
        second facteur est toujours demandé.
      </p>
      <Loaded
        query={decisions}
        lines={3}
        empty={({ items }) =>
          items.length === 0 && (
            <Empty title="Aucune structure">La connexion par mot de passe n’est ouverte à personne.</Empty>
          )
        }
      >
        {({ items }) => (
          <DataTable
            caption="Décisions, de la plus récente à la plus ancienne"
            keys={false}
            rows={items}
            keyOf={({ organisation, setAt }) => `${organisation.id} ${setAt}`}
            columns={[
              { head: 'Structure', cell: ({ organisation }) => organisation.name },
              {
                head: 'Mot de passe',
                cell: decision => (
                  <>
                    {decision.passwordAllowed ? 'ouvert' : 'fermé'}
                    {!current(items, decision) && <span className="fr-hint-text">décision remplacée</span>}
                  </>
                ),
              },
              {
                head: 'Motif',
                cell: ({ reason, setBy, setAt }) => (
                  <span>
                    {reason}
                    <span className="fr-hint-text">
                      {setBy ?? 'l’exploitant du service'}, le {formatInstant(setAt)}
                    </span>
                  </span>
                ),
              },
            ]}
            acts={decision =>
              current(items, decision) && (
                <Button
                  size="small"
                  priority="tertiary"
                  onClick={() =>
                    setDeciding({ organisation: decision.organisation, allowed: !decision.passwordAllowed })
                  }
                >
                  {decision.passwordAllowed ? 'Fermer' : 'Ouvrir'}
                  <span className="fr-sr-only"> : {decision.organisation.name}</span>
                </Button>
              )
            }
          />
        )}
      </Loaded>
      {deciding && <DecideDialog deciding={deciding} onClose={() => setDeciding(undefined)} />}
    </Section>
  )
}

const DecideDialog = ({ deciding, onClose }: { deciding: Deciding; onClose: () => void }) => {
  const queries = useQueryClient()
  const [chosen, setChosen] = useState<Choice | null>(null)
  return (
    <Dialog
      title={deciding.allowed ? 'Ouvrir la connexion par mot de passe' : 'Fermer la connexion par mot de passe'}
      onClose={onClose}
    >
      <Form
        draft={{ name: 'sign-in-opening', about: deciding.organisation?.id }}
        submit={deciding.allowed ? 'Ouvrir' : 'Fermer'}
        onCancel={onClose}
        onSubmit={async ({ reason, organisation }, { idempotencyKey }) => {
          const { sessionsEnded } = await call(decidePassword, {
            params: { organisationId: deciding.organisation?.id ?? organisation! },
            body: { allowed: deciding.allowed, reason: reason!.trim() },
            idempotencyKey,
          })
          toast(
            deciding.allowed
              ? 'La connexion par mot de passe est ouverte à cette structure.'
              : `La connexion par mot de passe est fermée, et ${formatCount(sessionsEnded, 'session avec elle', 'sessions avec elle')}.`,
          )
          onClose()
          await queries.invalidateQueries({ queryKey: ['password-organisations'] })
        }}
      >
        {deciding.organisation ? (
          <p>
            {deciding.allowed ? (
              <>
                <strong>{deciding.organisation.name}</strong> pourra se connecter par mot de passe et second facteur.
              </>
            ) : (
              <>
                Les personnes de <strong>{deciding.organisation.name}</strong> ne pourront plus se connecter par mot de
                passe, et les sessions ouvertes ainsi seront fermées.
              </>
            )}
          </p>
        ) : (
          <OrganisationField name="organisation" label="Structure" required value={chosen} onChange={setChosen} />
        )}
        <TextArea
          name="reason"
          label="Motif"
          hint={deciding.allowed ? 'Par exemple : aucun fournisseur d’identité raccordé à ProConnect' : undefined}
          required
          maxLength={300}
          rows={2}
        />
      </Form>
    </Dialog>
  )
}
