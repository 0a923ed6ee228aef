import type { Me } from '../platform/session.ts'
import { Link, Section } from '../ui/index.ts'

/** What a role opens to who works in no tool: where its acts are done. */
export const charges = ({ roles, organisation }: Me) =>
  (
    [
      [
        roles.includes('signataire') && !roles.includes('direction-regionale'),
        '/conventions',
        organisation.kind === 'operateur' ? 'Conventions' : 'Convention de votre structure',
        'la lire, la signer, nommer vos interlocuteurs, donner congé',
      ],
      [
        roles.includes('signataire') && organisation.kind !== 'operateur',
        '/responsables-de-comptes',
        'Responsables de gestion de comptes (RGC)',
        'les désigner par un acte d’engagement, déclarer leur départ',
      ],
      [
        roles.includes('rgc'),
        '/habilitations',
        'Habilitations',
        'ouvrir les comptes, donner et retirer les droits, répondre aux demandes',
      ],
      [
        roles.includes('rgc') || (roles.includes('signataire') && organisation.kind !== 'operateur'),
        '/revues',
        'Revue des accès',
        'une fois par an, décider de chaque accès',
      ],
      [
        roles.includes('direction-regionale'),
        '/conventions',
        'Conventions de votre région',
        'les préparer, les envoyer, voir ce qui manque',
      ],
      [
        roles.includes('cssi'),
        '/securite/rgc',
        'Actes d’engagement et attestations',
        'les recevoir, y répondre, enregistrer les attestations',
      ],
      [
        roles.includes('cssi'),
        '/securite',
        'Accès coupés',
        'vérifier, lever un blocage, couper un accès par un acte exceptionnel',
      ],
      [roles.includes('administrateur'), '/textes', 'Conditions et règles', 'publier une version'],
      [
        roles.includes('administrateur'),
        '/conventions/modele',
        'Modèle de convention',
        'en publier une version, avec son aperçu',
      ],
      [roles.includes('administrateur'), '/courriels', 'Courriels non partis', 'en voir la raison, les faire repartir'],
      [
        roles.includes('administrateur'),
        '/administration/connexion',
        'Moyens de connexion',
        'ce qui est accepté, à partir de quel jour',
      ],
    ] as const
  ).filter(([held]) => held)

export const Charges = ({ me }: { me: Me }) => (
  <Section title="Ce dont vous avez la charge">
    <ul className="cc-plain-list">
      {charges(me).map(([, href, name, what]) => (
        <li key={name} className="fr-mb-2w">
          <Link href={href}>{name}</Link>
          <span className="fr-hint-text">{what}</span>
        </li>
      ))}
    </ul>
  </Section>
)
