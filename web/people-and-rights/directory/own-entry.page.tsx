import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { civilities, getOwnEntry, keepOwnEntry } from '../../../contract/people-and-rights/directory.ts'
import type { Reply } from '../../../contract/route.ts'
import { call } from '../../platform/api.ts'
import { formatPhone } from '../../platform/format.ts'
import { useGo } from '../../platform/navigation.ts'
import { queryClient } from '../../platform/query.ts'
import { useMe } from '../../platform/session.ts'
import { toast } from '../../platform/toast.ts'
import { Button, Checkbox, Form, Loaded, Notice, Page, SelectField, TextField } from '../../ui/index.ts'

type Entry = Reply<typeof getOwnEntry>

/** What one says of oneself; the name, the function and the address are those of the account. */
export default function OwnEntryPage() {
  const query = useQuery({
    queryKey: ['directory', 'own'],
    queryFn: ({ signal }) => call(getOwnEntry, { signal }),
    refetchOnMount: 'always',
  })
  return (
    <Page
      title="Ma fiche de l’annuaire"
      lead="Les personnes habilitées du réseau y lisent votre nom, votre fonction, votre structure, votre adresse électronique, vos outils et vos territoires."
      width="narrow"
      breadcrumb={[{ label: 'Annuaire', href: '/annuaire' }]}
    >
      <Loaded query={query}>
        {entry => (
          <>
            {!entry.listed && (
              <Notice tone="info" title="Vous n’êtes pas encore dans l’annuaire">
                Vous y figurerez dès qu’une habilitation sera en vigueur.
              </Notice>
            )}
            <EntryForm entry={entry} />
          </>
        )}
      </Loaded>
    </Page>
  )
}

const EntryForm = ({ entry }: { entry: Entry }) => {
  const me = useMe()
  const go = useGo()
  const [hidden, setHidden] = useState(entry.phoneHidden)
  const [version, setVersion] = useState(entry.version)
  return (
    <Form
      draft={{ name: 'own-entry', version }}
      submit="Enregistrer ma fiche"
      explain={problem =>
        problem.code !== 'request/changed-meanwhile' || !problem.current ? undefined : (
          <>
            <p>Vous avez enregistré votre fiche ailleurs entre-temps. Votre saisie est toujours ci-dessous.</p>
            <Button priority="secondary" onClick={() => setVersion((problem.current as Entry).version)}>
              Garder ma saisie, à envoyer de nouveau
            </Button>
          </>
        )
      }
      onSubmit={async ({ civility, phoneNumber, agencyId }, { idempotencyKey }) => {
        const body = {
          civility: (civility || null) as Entry['civility'],
          phoneNumber: phoneNumber?.trim() || null,
          phoneHidden: hidden,
          agencyId: agencyId || null,
        }
        await call(keepOwnEntry, { body, ifMatch: version, idempotencyKey })
        await queryClient.invalidateQueries({ queryKey: ['directory'] })
        toast('Votre fiche est enregistrée.')
        go(entry.listed ? `/annuaire/${me.account.id}` : '/mon-compte')
      }}
    >
      <SelectField
        name="civility"
        label="Civilité"
        placeholder="Non précisée"
        options={civilities.map(value => ({ value, label: value }))}
        defaultValue={entry.civility ?? ''}
      />
      <TextField
        name="phoneNumber"
        label="Téléphone professionnel"
        hint="Par exemple 05 56 12 34 56"
        type="tel"
        maxLength={40}
        defaultValue={entry.phoneNumber ? formatPhone(entry.phoneNumber) : ''}
      />
      <Checkbox
        label="Masquer mon téléphone"
        hint="Personne ne le lira. Votre nom et votre adresse électronique restent visibles."
        checked={hidden}
        onChange={setHidden}
      />
      {entry.agencies.length > 0 && (
        <SelectField
          name="agencyId"
          label="Agence"
          placeholder="Aucune"
          options={entry.agencies.map(({ id, name }) => ({ value: id, label: name }))}
          defaultValue={entry.agency?.id ?? ''}
        />
      )}
    </Form>
  )
}
