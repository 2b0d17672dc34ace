/** No figure about fewer people, in any table: it would say more about them than about a lesson. */
export const FEWEST_PEOPLE = 5;
