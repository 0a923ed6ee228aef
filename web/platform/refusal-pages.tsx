import { useRouterState } from '@tanstack/react-router'
import { Button, ButtonRow, Page, Refused } from '../ui/index.ts'
import { ApiProblem } from './problem.ts'

/** A whole page of refusal: the same words as the API's. */
export const RefusalPage = ({ problem, retry }: { problem: ApiProblem; retry?: () => void }) => (
  <Page title={problem.title} width="narrow">
    <Refused problem={problem} {...(retry ? { retry } : {})} />
    <div className="fr-mt-4w">
      <ButtonRow>
        <Button href="/" priority="tertiary">
          Revenir à l’accueil
        </Button>
      </ButtonRow>
    </div>
  </Page>
)

export const NotFound = () => {
  const path = useRouterState({ select: state => state.location.pathname })
  return (
    <Page
      title="Page introuvable"
      width="narrow"
      lead={
        <>
          Il n’y a pas de page à l’adresse <code>{path}</code>.
        </>
      }
    >
      <p>
        Si vous avez saisi l’adresse, vérifiez-la. Si l’on vous a donné ce lien, il a pu changer : demandez à la
        personne qui vous l’a transmis.
      </p>
      <ButtonRow>
        <Button href="/">Revenir à l’accueil</Button>
        <Button href="/etablissements" priority="secondary">
          Rechercher un établissement
        </Button>
      </ButtonRow>
    </Page>
  )
}

/** A page that breaks does not take the rest with it: the header stays, and what broke is said. */
export const PageCrash = ({ error, reset }: { error: unknown; reset?: () => void }) => {
  if (!(error instanceof ApiProblem)) console.error(error)
  const problem =
    error instanceof ApiProblem
      ? error
      : new ApiProblem('service/bug', 500, {
          title: 'Cette page ne s’affiche pas',
          detail: 'Une erreur inattendue s’est produite. Ce qui était enregistré l’est toujours.',
        })
  return <RefusalPage problem={problem} retry={() => (reset ? reset() : window.location.reload())} />
}
