import { useRouterState } from '@tanstack/react-router'
import type { ApiProblem } from '../platform/problem.ts'
import { Button, ButtonRow } from './button.tsx'
import { Refused } from './feedback.tsx'
import { Page } from './page.tsx'

/** A whole page of refusal: the same words as the API's. */
export const RefusalPage = ({ problem, retry }: { problem: ApiProblem; retry?: () => void }) => (
  <Page title={problem.title} width="narrow">
    <Refused problem={problem} titled={false} {...(retry ? { retry } : {})} />
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
