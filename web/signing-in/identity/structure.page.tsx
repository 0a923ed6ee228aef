import { useQuery } from '@tanstack/react-query'
import { chooseStructure, structuresToChoose } from '../../../contract/signing-in/identity.ts'
import { ask } from '../../platform/api.ts'
import { useAddress, useGo } from '../../platform/navigation.ts'
import { askMe, safeReturn } from '../../platform/session.ts'
import { Form, Link, Loaded, Notice, Page, RadioKeys } from '../../ui/index.ts'

/** Between the first factor and the second, for who has an account in two structures (ACC-16). */
export default function StructurePage() {
  const [{ retour }] = useAddress()
  const go = useGo()
  const waiting = useQuery({
    queryKey: ['structures-to-choose'],
    retry: false,
    gcTime: 0,
    queryFn: ({ signal }) => ask(structuresToChoose, {}, { signal }),
  })
  return (
    <Page title="Pour quelle structure ?" width="narrow" lead="Vous avez un compte dans deux structures.">
      <Loaded query={waiting} lines={4}>
        {({ structures }) =>
          structures.length === 0 ? (
            <Notice tone="warning" title="Rien à choisir">
              Cette connexion a déjà servi, ou a duré plus de dix minutes.{' '}
              <Link href="/connexion">Recommencez depuis la page de connexion</Link>.
            </Notice>
          ) : (
            <Form
              draft="secret"
              submit="Continuer"
              busyWords="Connexion…"
              onSubmit={async ({ organisationId }) => {
                const { to } = await ask(chooseStructure, { organisationId: organisationId! })
                await askMe()
                go(to ?? `/connexion/second-facteur?retour=${encodeURIComponent(safeReturn(retour))}`, {
                  replace: true,
                })
              }}
            >
              <RadioKeys
                name="organisationId"
                label="Structure"
                layout="column"
                required
                options={structures.map(({ id, name }) => ({ value: id, label: name }))}
              />
            </Form>
          )
        }
      </Loaded>
      <p className="fr-text--sm fr-mt-3w">
        Les deux comptes ne mêlent rien. Pour passer à l’autre, déconnectez-vous, puis reconnectez-vous.
      </p>
    </Page>
  )
}
