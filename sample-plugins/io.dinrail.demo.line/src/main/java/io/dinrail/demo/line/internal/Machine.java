package io.dinrail.demo.line.internal;

import io.dinrail.model.api.DeviceId;
import java.util.Map;

/** The two machines of the line, with what a plant engineer would write into their files. */
enum Machine {
    FILLER("modbus", """
            device,tag,address,type,access,poll,unit,min,max,description
            filler-1,temperature,input:0,float32,r,500ms,Cel,,,product in the bowl
            filler-1,pressure,input:2,float32,r,500ms,bar,,,bowl pressure
            filler-1,speed,input:4,uint16,r,1s,rpm,,,carousel
            filler-1,motor,coil:0,bool,r,1s,,,,carousel drive
            filler-1,setpoint,holding:0,float32,rw,1s,Cel,0,120,wanted temperature
            filler-1,bottles,input:10,uint32,r,1s,,,,bottles filled
            """),
    LABELLER("opcua", """
            device,tag,address,access,poll,unit,min,max,description
            labeller-1,temperature,nsu=urn:dinrail:demo:labeller;s=Labeller.Temperature,r,500ms,Cel,,,glue pot
            labeller-1,labels,nsu=urn:dinrail:demo:labeller;s=Labeller.Labels,r,1s,,,,labels stuck
            labeller-1,running,nsu=urn:dinrail:demo:labeller;s=Labeller.Running,rw,1s,,,,drive
            labeller-1,speed,nsu=urn:dinrail:demo:labeller;s=Labeller.Speed,rw,1s,1/min,0,600,labels a minute
            """);

    final String type;
    final String tags;

    Machine(String type, String tags) {
        this.type = type;
        this.tags = tags;
    }

    /** The connector's name, and the word that its simulator announces itself with. */
    String connector() {
        return this == FILLER ? "filler" : "labeller";
    }

    DeviceId device() {
        return new DeviceId(connector() + "-1");
    }

    Map<String, String> settings(int port) {
        return this == FILLER
                ? Map.of("host", "127.0.0.1", "port", Integer.toString(port), "unit", "1", "timeout", "1s")
                : Map.of("endpoint", "opc.tcp://127.0.0.1:" + port, "publishing.interval", "500ms");
    }
}
