import Geodata
