import { formatDay, today } from '../../platform/format.ts'
import { Badge, Button, Link, Section } from '../../ui/index.ts'
import type { Rights } from './my-grant.tsx'

export const Who = ({ rights: { accountManagers, awareness, allowed } }: { rights: Rights }) => (
  <div>
    <Section title="Qui gère les comptes">
      {accountManagers.length > 0 ? (
        <ul>
          {accountManagers.map(({ id, name }) => (
            <li key={id}>{name}</li>
          ))}
        </ul>
      ) : (
        <p>
          Votre structure n’a pas de responsable de gestion de comptes (RGC) en exercice : son signataire le désigne.
        </p>
      )}
    </Section>
    <Section title="Ma sensibilisation à la sécurité">
      <p className="fr-mb-1v">
        {awareness.lastOn ? `La dernière date du ${formatDay(awareness.lastOn)}.` : 'Aucune n’est notée.'}{' '}
        {awareness.dueOn < today() ? (
          <>
            <Badge tone="error">dépassée</Badge> Elle était à renouveler avant le {formatDay(awareness.dueOn)}.
          </>
        ) : (
          <>À renouveler avant le {formatDay(awareness.dueOn)}.</>
        )}
      </p>
      <p className="fr-hint-text">
        {awareness.cuts ? 'Dépassée, elle suspend vos habilitations.' : 'Dépassée, elle donne lieu à un rappel.'}
      </p>
    </Section>
    <Section title="À lire">
      <ul>
        <li>
          <Link href="/textes">Conditions et règles</Link>
        </li>
        <li>
          <Link href="/outils">Outils communs</Link>
        </li>
      </ul>
    </Section>
    <Section title="Ma structure">
      <ul>
        {allowed.includes('follow-awareness') && (
          <li>
            <Link href="/sensibilisations">Sensibilisations à la sécurité</Link>
          </li>
        )}
        <li>
          <Link href="/equipement">Équipement de la structure</Link>
        </li>
        <li>
          <Link href="/demandes-d-acces">Demandes d’accès à la plateforme</Link>
        </li>
      </ul>
      <Button size="small" priority="tertiary" href="/mon-compte">
        Mon compte
      </Button>
    </Section>
  </div>
)
