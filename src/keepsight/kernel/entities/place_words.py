"""Words of which a name that holds no other names no one place: “the car park behind the cinema”.

Local practice, and no national list: an area whose places are so named is not told of them.
"""

WORDS = """
a an and at away back behind beside by close from in inside near next of off on opposite outside
over the to under with abandoned big busy corner disused empty fast food late local main new
night old open public quiet railway small town village city centre center alley arcade area
avenue bank bar beach bed bench block bowling bridge building bus cafe canal car cemetery chip
chippy church cinema club coffee common court derelict estate field fields flat forest garage
gardens green ground gym high home hostel hotel house industrial internet kebab land lane
leisure library market motel motorway multi museum online park parks path pavilion petrol pitch
platform play playground pool precinct promenade pub recreation restaurant retail river
riverside road seafront services shelter shop shopping shops skate square stairwell station stop
storey street streets supermarket surgery swimming takeaway taxi theatre towpath trading train
tram tunnel underpass vape warehouse waste wash wood woods yard amusement
"""

GENERIC = frozenset(WORDS.split())
